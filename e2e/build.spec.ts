/** Networks built from layers: from nothing to a training, broken and mended, by pointer and by keyboard alone. */
import { overflow, violations } from "./drivers/calm.ts";
import { SMALL } from "./drivers/duelPage.ts";
import { expect, test } from "./drivers/test.ts";

const HERE = { ...SMALL, place: "build" };

test("two networks are built from nothing and trained", async ({ build, duel }) => {
  await duel.open({ hash: HERE });
  await build.button("Nothing").click();
  await expect(build.train).toBeDisabled();
  await expect(build.trouble("generator")).toContainText("no layers yet");
  await build.add("generator", "dense");
  await build.field("Units", "generator", 0, "dense").fill("784");
  await build.add("generator", "tanh");
  await build.button("Append a reshape to 28 × 28 × 1").click();
  await build.add("discriminator", "flatten");
  await build.add("discriminator", "dense");
  await build.field("Units", "discriminator", 1, "dense").fill("1");
  await expect(build.trouble("discriminator")).toBeEmpty();
  await expect(build.layers("generator").first()).toContainText("→ 784 · 13,328 parameters · 25.1 kFLOP");
  await build.train.click();
  await duel.hasTrainedTo(2);
  await duel.button("Layers of the generator").click();
  const layers = duel.page.getByRole("dialog", { name: "Generator layers" });
  await expect(layers.getByRole("row")).toHaveCount(4);
  await layers.getByRole("link", { name: "Change the layers" }).click();
  await build.hasLayers("generator", ["dense", "tanh", "reshape"]);
});

test("a broken network says which layer and why, a repair mends it, and templates fit every shape", async ({
  build,
  duel,
}) => {
  await duel.open({ hash: HERE });
  await build.act("Remove", "discriminator", 0, "flatten").click();
  await expect(build.act("Remove", "discriminator", 0, "dense")).toBeFocused();
  await expect(build.trouble("discriminator")).toContainText(
    "Layer 0 of the discriminator (dense) gets [28, 28, 1] and needs a flat input",
  );
  await expect(build.train).toBeDisabled();
  for (const [colorScheme, width] of [
    ["light", 1440],
    ["dark", 390],
  ] as const) {
    await duel.page.emulateMedia({ colorScheme });
    await duel.page.setViewportSize({ width, height: 900 });
    expect(await violations(duel.page)).toEqual([]);
    expect(await overflow(duel.page)).toBeLessThanOrEqual(0);
  }
  await build.button("Insert a flatten before layer 0").click();
  await expect(build.trouble("discriminator")).toBeEmpty();
  await build.hasLayers("discriminator", ["flatten", "dense", "leakyReLU", "dense"]);
  await expect(build.train).toBeEnabled();

  await duel.choose("Data", "Large colour images, 64 × 64 × 3");
  await build.button("Residual blocks").click();
  await expect(build.trouble("generator")).toBeEmpty();
  await expect(build.trouble("discriminator")).toBeEmpty();
  await expect(build.train).toBeDisabled();
  await duel.choose("Data", "Ring, 2");
  await build.hasLayers("discriminator", ["dense", "leakyReLU", "dense", "leakyReLU", "dense"]);
  await expect(build.train).toBeEnabled();
  await build.button("Back to the running networks").click();
  await build.hasLayers("discriminator", ["flatten", "dense", "leakyReLU", "dense"]);
});

test("the keyboard alone adds, moves, types and takes back, and a pointer drags", async ({ build, duel }) => {
  const { keyboard } = duel.page;
  await duel.open({ hash: HERE });
  await build.button("Add a layer to the discriminator").focus();
  await keyboard.press("Enter");
  // Keys that come before the menu has the focus are for nobody.
  await expect(build.type("dense")).toBeFocused();
  await keyboard.type("drop");
  await expect(build.type("dropout")).toBeFocused();
  await keyboard.press("Enter");
  await build.hasLayers("discriminator", ["flatten", "dense", "leakyReLU", "dense", "dropout"]);
  await build.act("Move up", "discriminator", 4, "dropout").focus();
  await keyboard.press("Enter");
  await expect(build.act("Move up", "discriminator", 3, "dropout")).toBeFocused();
  await expect(build.changes).toHaveText("dropout is now layer 3 of the discriminator.");
  await keyboard.press("Alt+ArrowUp");
  await build.hasLayers("discriminator", ["flatten", "dense", "dropout", "leakyReLU", "dense"]);
  for (let press = 0; press < 3; press++) await keyboard.press("Control+z");
  await build.hasLayers("discriminator", ["flatten", "dense", "leakyReLU", "dense"]);
  await keyboard.press("Control+Shift+z");
  await build.hasLayers("discriminator", ["flatten", "dense", "leakyReLU", "dense", "dropout"]);

  const units = build.field("Units", "discriminator", 1, "dense");
  await units.focus();
  await keyboard.press("Control+a");
  await keyboard.type("0");
  await expect(build.main).toContainText("A whole number from 1 to 65,536.");
  await keyboard.press("Control+a");
  await keyboard.type("64");
  await expect(build.layers("discriminator").nth(1)).toContainText("50,240 parameters");
  await keyboard.press("Control+z");
  await expect(units).toHaveValue("32");

  await build.drag("discriminator", 0, 3);
  await build.hasLayers("discriminator", ["dense", "leakyReLU", "flatten", "dense", "dropout"]);
});
