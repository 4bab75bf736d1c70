/** How good it is: measured beside real images, and diagnosed and cured where something is the matter. */
import { violations } from "./drivers/calm.ts";
import { QualityPanel } from "./drivers/qualityPanel.ts";
import { expect, test } from "./drivers/test.ts";

test("samples are measured beside real images, and each beside the training image most like it", async ({ duel }) => {
  await duel.open();
  await duel.takeStep();
  const quality = new QualityPanel(duel.page);
  await expect(quality.measured).toHaveText("Not measured yet.");
  await quality.measureAt(1);
  const [distance, ofReal, restsOn] = await quality.numbersOf("Fréchet distance");
  expect(Number(ofReal)).toBeLessThan(5);
  expect(Number(distance?.replaceAll(",", ""))).toBeGreaterThan(Number(ofReal));
  expect(restsOn).toBe("2,000");
  await expect(quality.classes).toHaveCount(11);

  await quality.cells.nth(9).hover();
  await duel.isDrawn(quality.nearest);
  await duel.isDrawn(quality.sample);
  await duel.page.mouse.move(0, 0);
  await expect(quality.nearest).toBeHidden();
  await quality.cells.first().focus();
  await duel.page.keyboard.press("ArrowRight");
  await duel.page.keyboard.press("Enter");
  await expect(quality.cells.nth(1)).toHaveAttribute("aria-pressed", "true");
  await expect(quality.cells.nth(1)).toHaveAccessibleDescription(
    /Distance 0\.\d+; typical of unseen real images: 0\.\d+/,
  );
  expect(await duel.stepCount()).toBe(1);
  for (const colorScheme of ["light", "dark"] as const) {
    await duel.page.emulateMedia({ colorScheme });
    expect(await violations(duel.page)).toEqual([]);
  }
  await duel.page.keyboard.press("Escape");
  await expect(quality.nearest).toBeHidden();
});

test("a collapse is diagnosed, and cured by one click that the charts show", async ({ duel }) => {
  await duel.open({ hash: { preset: "failure-mode-collapse" }, backend: "simd" });
  const diagnosis = duel.page.getByRole("status", { name: "Diagnosis" });
  await expect(diagnosis).toHaveText("Too early to say.");
  await duel.train.click();
  await expect(diagnosis).toContainText("Mode collapse", { timeout: 60_000 });
  await expect(duel.measurements).toContainText(/Fake points lie in [0-4] of the 8 clouds/);
  const remedies = duel.page.getByRole("group", { name: "Remedies for: Mode collapse" });
  await remedies.getByRole("button", { name: /^Generator steps: 10/ }).click();
  await expect(duel.measurements).toContainText(/step [\d,]+ Generator steps: 10 updates → 1/);
  await expect(diagnosis).toHaveText("Healthy", { timeout: 60_000 });
});
