/** Training by hand: what the buttons and the settings do to a run. */
import { expect, test } from "./drivers/test.ts";

test("a run trains, pauses within a step, and goes on from there", async ({ duel }) => {
  await duel.open();
  await duel.isDrawn(duel.generatedSamples);
  const untrained = await duel.pixels(duel.generatedSamples);

  await duel.train.click();
  await expect(duel.status).toHaveText("Training");
  await duel.hasTrainedTo(20);
  await duel.pause.click();
  await expect(duel.status).toHaveText(/^Paused at step /);
  const paused = await duel.stepCount();
  const standing = await duel.fingerprints();
  expect(await duel.pixels(duel.generatedSamples)).not.toBe(untrained);
  await expect(duel.output("Epoch")).toHaveText(/^\d+\.\d\d$/);

  // Long enough for a worker that had not really stopped to take many more steps.
  await duel.page.waitForTimeout(500);
  expect(await duel.stepCount()).toBe(paused);
  expect(await duel.fingerprints()).toEqual(standing);

  await duel.train.click();
  await duel.hasTrainedTo(paused + 20);
  await duel.pause.click();
});

test("each step button moves its own network and no other", async ({ duel }) => {
  await duel.open();
  const start = await duel.fingerprints();

  await duel.stepDiscriminator.click();
  await expect(duel.status).toHaveText("Paused at step 0");
  const afterDiscriminator = await duel.fingerprints();
  expect(afterDiscriminator.generator).toBe(start.generator);
  expect(afterDiscriminator.discriminator).not.toBe(start.discriminator);

  await duel.stepGenerator.click();
  await duel.isPausedAt(1);
  const afterGenerator = await duel.fingerprints();
  expect(afterGenerator.generator).not.toBe(start.generator);
  expect(afterGenerator.discriminator).toBe(afterDiscriminator.discriminator);

  await duel.takeStep();
  const afterBoth = await duel.fingerprints();
  expect(afterBoth.generator).not.toBe(afterGenerator.generator);
  expect(afterBoth.discriminator).not.toBe(afterGenerator.discriminator);
});

test("reset gives the same first images, and the same steps, at the same seed", async ({ duel }) => {
  await duel.open();
  await duel.isDrawn(duel.generatedSamples);
  const firstImages = await duel.pixels(duel.generatedSamples);
  const firstWeights = await duel.fingerprints();
  await duel.takeStep();
  const stepped = await duel.fingerprints();
  expect(stepped).not.toEqual(firstWeights);

  await duel.reset.click();
  await duel.isReady();
  expect(await duel.stepCount()).toBe(0);
  expect(await duel.fingerprints()).toEqual(firstWeights);
  await expect.poll(() => duel.pixels(duel.generatedSamples)).toBe(firstImages);
  await duel.takeStep();
  expect(await duel.fingerprints()).toEqual(stepped);
});

test("a learning rate and label smoothing act on the run under way, without a restart, and leave a mark", async ({
  duel,
}) => {
  await duel.open();
  await duel.takeStep();
  const first = await duel.fingerprints();
  await duel.takeStep();
  const unchanged = await duel.fingerprints();

  await duel.reset.click();
  await duel.isReady();
  await duel.takeStep();
  expect(await duel.fingerprints()).toEqual(first);
  await duel.slider("Generator learning rate").fill("0.01");
  await expect(duel.measurements).toContainText("Generator learning rate: 2.0e-4 → 0.01");
  await expect(duel.restartNotice).toBeHidden();
  await duel.takeStep();
  const changed = await duel.fingerprints();
  expect(changed.generator).not.toBe(unchanged.generator);
  // The discriminator moves before the generator does, so this step is the same for it.
  expect(changed.discriminator).toBe(unchanged.discriminator);
  expect(await duel.stepCount()).toBe(2);

  await duel.reset.click();
  await duel.isReady();
  await duel.slider("Label smoothing").fill("0.5");
  await expect(duel.measurements).toContainText("Label smoothing: 0.90 → 0.50");
  await duel.takeStep();
  expect((await duel.fingerprints()).discriminator).not.toBe(first.discriminator);
});

test("another loss waits for a restart, says so, and then trains", async ({ duel }) => {
  await duel.open();
  await duel.takeStep();
  const nonSaturating = await duel.fingerprints();
  await duel.choose("Loss", "Hinge");
  await expect(duel.restartNotice).toContainText("Non-saturating → Hinge");
  expect(await duel.stepCount()).toBe(1);

  await duel.restartNotice.getByRole("button", { name: "Undo changes" }).click();
  await expect(duel.restartNotice).toBeHidden();
  await expect(duel.combobox("Loss")).toHaveText("Non-saturating");

  await duel.choose("Loss", "Hinge");
  await duel.restartNotice.getByRole("button", { name: "Restart now" }).click();
  await duel.isReady();
  await expect(duel.restartNotice).toBeHidden();
  await duel.takeStep();
  expect((await duel.fingerprints()).discriminator).not.toBe(nonSaturating.discriminator);
});

test("a preset that is chosen makes a new run of it", async ({ duel }) => {
  await duel.open();
  await duel.takeStep();
  await duel.choose("Preset", "MNIST · DCGAN");
  await duel.isReady();
  expect(await duel.stepCount()).toBe(0);
  await expect(duel.slider("Generator learning rate")).toHaveAttribute("aria-valuetext", "1.0e-3");
  await duel.button("Layers of the generator").click();
  await expect(duel.page.getByRole("dialog", { name: "Generator layers" })).toContainText("conv2dTranspose");
});

test("the charts show what was measured, the grid shows real digits on request, and both can be saved", async ({
  duel,
}) => {
  await duel.open();
  await expect(duel.figure("Losses")).toContainText("Nothing measured yet");
  for (let step = 0; step < 3; step++) await duel.takeStep();
  const losses = duel.figure("Losses");
  await expect(losses.getByRole("img", { name: /over steps$/ })).toHaveCount(2);
  await losses.getByRole("button", { name: "discriminator" }).click();
  await expect(losses.getByRole("img", { name: /over steps$/ })).toHaveCount(1);
  await losses.getByRole("button", { name: "Log scale" }).click();
  await expect(losses.getByRole("button", { name: "Log scale" })).toHaveAttribute("aria-pressed", "true");

  // The reading at a step, by keyboard.
  await duel.figure("Scores").getByRole("application").focus();
  await duel.page.keyboard.press("ArrowRight");
  await expect(duel.figure("Scores")).toContainText(/step 2/);

  const csv = duel.page.waitForEvent("download");
  await duel.button("Save measurements as CSV").click();
  expect((await csv).suggestedFilename()).toBe("duel-measurements.csv");
  const png = duel.page.waitForEvent("download");
  await duel.button("Save image").click();
  expect((await png).suggestedFilename()).toBe("duel-step-3.png");

  await duel.button("Real").click();
  await expect(duel.generatedSamples).toBeHidden();
  await duel.isDrawn(duel.realSamples);
});
