/** The lab: a distribution drawn by mouse and by keys and fitted, all that can be seen of it on the way, and a step told slowly. */
import { violations } from "./drivers/calm.ts";
import { expect, test } from "./drivers/test.ts";
import { Lab, SMALL_POINTS } from "./drivers/lab.ts";
import { SlowMotion } from "./drivers/slowMotion.ts";

test("a distribution is drawn, becomes the data, is measured, and travels in the link", async ({ duel }) => {
  await duel.open({ hash: SMALL_POINTS });
  const lab = new Lab(duel.page);
  await lab.draw.click();
  await expect(lab.fit).toBeDisabled();
  await lab.stroke([0.2, 0.3], [0.8, 0.3]);
  await expect(lab.drawn).toHaveText(/^[2-9]\d of 400 points$/);
  await lab.button("Clear drawing").click();
  await expect(lab.drawn).toHaveText("0 of 400 points");
  await lab.button("Undo stroke").click();
  await lab.button("Erase").click();
  await lab.stroke([0.7, 0.3], [0.8, 0.3]);
  await lab.button("Pen").click();
  await lab.plane.focus();
  const before = Number.parseInt(await lab.drawn.innerText(), 10);
  await duel.page.keyboard.press("Home");
  await duel.page.keyboard.press("ArrowDown");
  await duel.page.keyboard.press("Space");
  await expect(lab.drawn).toHaveText(`${String(before + 1)} of 400 points`);
  for (const colorScheme of ["light", "dark"] as const) {
    await duel.page.emulateMedia({ colorScheme });
    expect(await violations(duel.page)).toEqual([]);
  }

  await lab.fit.click();
  await expect(duel.combobox("Data set")).toContainText("your drawing");
  // Training is so fast that nothing might be measured before it is nearly over.
  await expect(duel.figure("Distance")).not.toContainText("Nothing measured yet");
  await duel.hasTrainedTo(1000);
  await duel.pause.click();
  await expect(duel.status).toHaveText(/^Paused/);
  // The chart reads out what was measured first, and further to the right what came later.
  const distance = async (): Promise<number> =>
    Number(/sliced Wasserstein (\d\.\d+)/.exec(await duel.figure("Distance").innerText())?.[1]);
  await duel.figure("Distance").getByRole("application").focus();
  await duel.page.keyboard.press("ArrowLeft");
  const untrained = await distance();
  // The last look may still be under way when the run stands.
  await expect(async () => {
    await duel.page.keyboard.press("ArrowRight");
    expect(await distance()).toBeLessThan(untrained);
  }).toPass({ timeout: 20_000 });
  await expect(duel.figure("Divergences")).not.toContainText("Nothing measured yet");
  // A drawing has no clouds to count.
  await expect(duel.figure("Modes")).toBeHidden();
  await expect(duel.page).toHaveURL(/data=drawn.*drawing=[0-9a-f]+/);
  await duel.page.reload();
  await duel.isReady();
  await lab.draw.click();
  await expect(lab.drawn).toHaveText(`${String(before + 1)} of 400 points`);
});

test("every view shows something of its own and says what it means, and the cross reads out a place", async ({
  duel,
}) => {
  await duel.open({ hash: SMALL_POINTS });
  const lab = new Lab(duel.page);
  await duel.takeStep();
  await duel.isDrawn(lab.canvas);
  for (const name of ["Real points", "Fake points", "Discriminator"]) await lab.button(name).click();
  await expect(lab.captions.getByRole("listitem")).toHaveCount(0);
  const empty = await duel.pixels(lab.canvas);
  for (const name of [
    "Real points",
    "Fake points",
    "Decision boundary",
    "Generator’s manifold",
    "What fakes are told",
    "Discriminator",
    "Best discriminator",
    "Density difference",
  ]) {
    const view = lab.button(name);
    await view.click();
    await expect(view).toHaveAttribute("aria-pressed", "true");
    await expect(lab.captions.getByRole("listitem")).toHaveCount(1);
    // Where the untrained discriminator is everywhere on one side, it has no boundary to show.
    if (name !== "Decision boundary") await expect.poll(() => duel.pixels(lab.canvas)).not.toBe(empty);
    await view.click();
  }
  await lab.button("Best discriminator").click();
  await lab.plane.focus();
  await duel.page.keyboard.press("Home");
  await duel.page.keyboard.press("ArrowRight");
  await expect(lab.region).toContainText(/x 0\.10 · y 0\.00 · D\(x\) \d\.\d\d · best D/);
  expect(await duel.stepCount()).toBe(1);
  const slow = new SlowMotion(duel.page);
  await slow.begin.click();
  await slow.stage("Back through the discriminator").click();
  await expect(slow.player.getByRole("img", { name: "change to fake in the plane" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await duel.page.emulateMedia({ colorScheme });
    expect(await violations(duel.page)).toEqual([]);
  }
});
