/** The address of the page: it holds the whole config, and strange ones do no harm. */
import { SMALL } from "./drivers/duelPage.ts";
import { expect, test } from "./drivers/test.ts";

test("what is set stands in the address, and a reload restores it", async ({ duel }) => {
  await duel.open({ hash: { preset: "mnist-mlp" } });
  await duel.slider("Generator learning rate").fill("0.001");
  await duel.slider("Batch size").fill("16");
  await duel.choose("Loss", "Hinge");
  await expect
    .poll(() => new URL(duel.page.url()).hash)
    .toBe("#preset=mnist-mlp&batch=16&loss=hinge&gLearningRate=0.001");

  await duel.page.reload();
  await duel.isReady();
  await expect(duel.restartNotice).toBeHidden();
  await expect(duel.slider("Generator learning rate")).toHaveValue("0.001");
  await expect(duel.slider("Batch size")).toHaveAttribute("aria-valuetext", "16 images");
  await expect(duel.combobox("Loss")).toHaveText("Hinge");
});

test("a link that is pasted into an open page is followed", async ({ duel }) => {
  await duel.open();
  const hash = new URLSearchParams({ ...SMALL, smoothing: "0.75" }).toString();
  await duel.page.evaluate((text) => {
    window.location.hash = text;
  }, hash);
  await expect(duel.slider("Label smoothing")).toHaveValue("0.75");
  await expect(duel.notice).toBeHidden();
});

test("a strange link gets a notice that names what is strange, and the default config", async ({ duel }) => {
  const dialogs: string[] = [];
  duel.page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  for (const [hash, reason] of [
    ["#batch=100000", "batchSize is 100000"],
    ["#<img src=x onerror=alert(1)>", "is not something a link can set"],
    [`#${"x".repeat(100_000)}`, "100,000 characters long"],
  ] as const) {
    // A hash alone would be followed in the page that is open.
    await duel.page.goto("about:blank");
    await duel.page.goto(`/${hash}`);
    await expect(duel.notice).toContainText(reason);
    await expect(duel.slider("Batch size")).toHaveValue("64");
  }
  await duel.isReady();
  await duel.button("Dismiss").click();
  await expect(duel.notice).toBeHidden();
  expect(dialogs).toEqual([]);
});
