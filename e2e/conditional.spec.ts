/** A run that is told classes: a row for each digit, and numbers written on demand while it trains. */
import { readFile } from "node:fs/promises";
import { violations } from "./drivers/calm.ts";
import { SMALL } from "./drivers/duelPage.ts";
import { expect, test } from "./drivers/test.ts";

test("a number is written by the generator, anew as it learns, and taken home; letters get a clear word", async ({
  duel,
}) => {
  await duel.open({ hash: { ...SMALL, labels: "projection" } });
  const rows = duel.page.getByRole("list", { name: "Rows of the grid" });
  await expect(rows.getByRole("listitem")).toHaveText(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

  const panel = duel.page.getByRole("region", { name: "Write a number" });
  const field = panel.getByRole("textbox", { name: "Write a number" });
  const written = panel.getByRole("img", { name: "The number as the generator writes it" });
  const changes = async (from: string): Promise<string> => {
    await expect.poll(() => duel.pixels(written)).not.toBe(from);
    return duel.pixels(written);
  };
  await expect(field).toHaveValue("2026");
  await expect.poll(() => written.evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBe(4 * 28);
  let seen = await duel.pixels(written);
  await field.fill("70");
  await expect.poll(() => written.evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBe(2 * 28);
  seen = await changes(seen);
  await duel.takeStep();
  seen = await changes(seen);
  await panel.getByRole("button", { name: "Another hand" }).click();
  seen = await changes(seen);

  await field.fill("7o");
  await expect(panel.getByRole("status", { name: "Number" })).toHaveText(
    "“o” is not a digit. Type digits from 0 to 9.",
  );
  expect(await duel.pixels(written)).toBe(seen);
  expect(await violations(duel.page)).toEqual([]);

  const download = duel.page.waitForEvent("download");
  await panel.getByRole("button", { name: "Save the number" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("duel-number.png");
  const saved = await readFile(await file.path());
  expect([saved.readUInt32BE(16), saved.readUInt32BE(20)]).toEqual([2 * 28 * 16, 28 * 16]);
});
