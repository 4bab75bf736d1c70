/** A step told slowly: through all stages and back, by pointer and by keys, and the run one step further. */
import { overflow, violations } from "./drivers/calm.ts";
import { expect, test } from "./drivers/test.ts";
import { SlowMotion } from "./drivers/slowMotion.ts";

const STAGES = [
  "Draw noise",
  "Generate",
  "Draw real",
  "Score both",
  "Loss of the discriminator",
  "Gradients of the discriminator",
  "Update the discriminator",
  "Draw new noise",
  "Generate again",
  "Score the fakes",
  "Loss of the generator",
  "Back through the discriminator",
  "Gradients of the generator",
  "Update the generator",
];

test("a step goes slowly through all its stages and back, and moves the run as a plain step does", async ({ duel }) => {
  await duel.open();
  await duel.takeStep();
  const plain = await duel.fingerprints();
  await duel.reset.click();
  await duel.isReady();

  const slow = new SlowMotion(duel.page);
  await slow.begin.click();
  for (const [index, label] of STAGES.entries()) {
    await expect(slow.player.getByRole("heading", { name: label, exact: true })).toBeVisible();
    await expect(slow.caption).toContainText(`Stage ${String(index + 1)} of 14`);
    if (index < STAGES.length - 1) await slow.next.click();
  }
  await expect(slow.next).toBeDisabled();
  for (let index = 1; index < STAGES.length; index++) await slow.back.click();
  await expect(slow.player.getByRole("heading", { name: "Draw noise" })).toBeVisible();
  await slow.leave.click();
  await expect(slow.player).toBeHidden();
  await duel.isPausedAt(1);
  expect(await duel.stepCount()).toBe(1);
  expect(await duel.fingerprints()).toEqual(plain);
});

test("stages show the images, the scores, the loss and what the generator is told; arrows walk through them, Escape leaves, and they play by themselves", async ({
  duel,
}) => {
  await duel.open();
  // A plain step waits for the images; a slow one says that they have not come.
  await duel.takeStep();
  const slow = new SlowMotion(duel.page);
  await slow.begin.click();
  await slow.stage("Score both").click();
  await expect(slow.player.getByRole("meter")).toHaveCount(16);
  await duel.isDrawn(slow.player.getByRole("img", { name: "real 1", exact: true }));
  await slow.stage("Loss of the discriminator").click();
  await expect(slow.player.getByRole("table")).toContainText("log(1 + eˡ) − t·l");
  await slow.stage("Back through the discriminator").click();
  await duel.isDrawn(slow.player.getByRole("img", { name: "change to fake 1", exact: true }));
  await slow.stage("Update the generator").click();
  await expect(slow.player.getByRole("row")).toHaveCount(3);

  await slow.stage("Draw noise").click();
  await expect(slow.caption).toContainText("Stage 1 of 14");
  await duel.page.keyboard.press("ArrowRight");
  await expect(slow.caption).toContainText("Stage 2 of 14");
  await duel.page.keyboard.press("ArrowLeft");
  await expect(slow.caption).toContainText("Stage 1 of 14");
  await duel.choose("Speed", "2 s a stage");
  await slow.play.click();
  await expect(slow.caption).toContainText("Stage 2 of 14");
  await duel.page.keyboard.press("Escape");
  await expect(slow.player).toBeHidden();
  // No arrow has stepped the run.
  expect(await duel.stepCount()).toBe(2);
});

test("disguises, classes and flipped labels are told, at every width and in both themes calmly", async ({ duel }) => {
  const disguise = { moveImages: "on", cutHoles: "on", noise: "0.2" };
  await duel.open({ hash: { batch: "16", labels: "auxiliaryClassifier", flipping: "0.2", ...disguise } });
  await duel.takeStep();
  const slow = new SlowMotion(duel.page);
  await slow.begin.click();
  await slow.stage("Disguise both").click();
  await expect(slow.caption).toContainText("moved, cut and blurred by noise of 0.2");
  await duel.isDrawn(slow.player.getByRole("img", { name: /^real 1, class \d$/ }));
  for (const [width, colorScheme, label] of [
    [1440, "light", "Score both"],
    [1024, "dark", "Loss of the discriminator"],
    [390, "light", "Back through the discriminator"],
  ] as const) {
    await duel.page.setViewportSize({ width, height: 900 });
    await duel.page.emulateMedia({ colorScheme });
    await slow.stage(label).click();
    if (label === "Loss of the discriminator") {
      await expect(slow.player.getByRole("row", { name: /^flipped labels/ })).toBeVisible();
      await expect(slow.player.getByRole("row", { name: /^classes/ })).toBeVisible();
    }
    expect(await overflow(duel.page)).toBeLessThanOrEqual(0);
    expect(await violations(duel.page)).toEqual([]);
  }
});
