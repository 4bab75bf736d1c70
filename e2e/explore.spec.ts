/** Latent space: hold, walk, film, calculate, breed, and find an image in it. */
import { readFile } from "node:fs/promises";
import { violations } from "./drivers/calm.ts";
import { SMALL } from "./drivers/duelPage.ts";
import { ExplorePlace } from "./drivers/explorePlace.ts";
import { stroke } from "./drivers/pen.ts";
import { expect, test } from "./drivers/test.ts";

test("a held sample is looked at, and moves along directions, in the plane and by single dimensions", async ({
  duel,
}) => {
  await duel.open();
  const explore = new ExplorePlace(duel.page);
  await explore.open();
  await explore.hold(2);
  let seen = await explore.changedFrom("");
  await explore.slider("Direction 1").fill("2");
  seen = await explore.changedFrom(seen);
  await explore.plane.focus();
  await duel.page.keyboard.press("ArrowUp");
  await expect(explore.plane).toHaveAccessibleName(/direction 2 at 0\.25/);
  seen = await explore.changedFrom(seen);
  await explore.slider("Truncation").fill("0.2");
  seen = await explore.changedFrom(seen);
  await explore.button("Look at A").click();
  await expect(explore.slider("Direction 1")).toHaveValue("0");
  await explore.changedFrom(seen);
  await explore.button("Let go of A").click();
  await expect(explore.held).toHaveCount(1);
});

test("three held samples make a film that is taken home and a sum, which has relatives that have relatives", async ({
  duel,
}) => {
  await duel.open();
  const explore = new ExplorePlace(duel.page);
  await explore.open();
  await explore.hold(3);
  const before = await explore.pixels();
  await explore.button("Look at a − b + c").click();
  await explore.changedFrom(before);
  await explore.button("Film the held latents").click();
  await expect(duel.page.getByText("A → B → C → A")).toBeVisible();
  await explore.button("Stop film").click();
  const gif = await explore.saved("Save as GIF");
  expect((await readFile(await gif.path())).subarray(0, 6).toString()).toBe("GIF89a");
  for (const name of ["Save as PNG", "Save the plane as PNG", "Save frames as PNG"]) {
    const png = await explore.saved(name);
    expect((await readFile(await png.path())).subarray(1, 4).toString()).toBe("PNG");
  }

  await explore.button("Show relatives").click();
  const parent = await explore.pixels();
  await explore.button("Pick relative 3").click();
  await expect(duel.page.getByText("generation 2")).toBeVisible();
  await explore.changedFrom(parent);
  for (const colorScheme of ["light", "dark"] as const) {
    await duel.page.emulateMedia({ colorScheme });
    expect(await violations(duel.page)).toEqual([]);
  }
});

test("an image that the generator made is found again in its latent space, a broken file is refused, and a drawing is sought", async ({
  duel,
}) => {
  await duel.open();
  const explore = new ExplorePlace(duel.page);
  await explore.open();
  await explore.hold(1);
  const png = await readFile(await (await explore.saved("Save as PNG")).path());
  await explore.seek("mine.png", "image/png", png);
  const error = duel.page.getByText(/^step \d+ of 300, error/);
  const errorNow = async () => Number(/error ([\d.]+)/.exec(await error.innerText())?.[1]);
  await expect(error).toBeVisible();
  const first = await errorNow();
  await expect(explore.button("Look at what was found")).toBeVisible({ timeout: 60_000 });
  expect(await errorNow()).toBeLessThan(first);

  await explore.seek("broken.png", "image/png", Buffer.from("not a picture"));
  await expect(duel.page.getByRole("alert")).toContainText("not a picture that the browser can read");

  const before = await explore.pixels(explore.target);
  await stroke(duel.page.getByRole("application", { name: /^Your drawing/ }), [0.3, 0.2], [0.6, 0.8]);
  await explore.button("Find my drawing").click();
  await expect.poll(() => explore.pixels(explore.target)).not.toBe(before);
  await explore.button("Stop searching").click();
});

test("a held sample is turned into a 7 by descent, a told generator is told another digit, and the held one stays", async ({
  duel,
}) => {
  await duel.open();
  const explore = new ExplorePlace(duel.page);
  await explore.open();
  await explore.hold(1);
  const thumbnail = duel.page.getByRole("button", { name: "Look at A" }).locator("canvas");
  await duel.isDrawn(thumbnail);
  const held = await explore.pixels(thumbnail);
  await explore.button("Turn A into 7").click();
  const outcome = duel.page.getByRole("status", { name: "How it turned out" });
  await expect(outcome).toHaveText(/^step \d+ of 150, read as 7: \d+ %, [\d.]+ away \(strangers: 5\.7\)$/);
  // Either button stands there, as the search is under way or has ended.
  await expect(explore.button("Stop turning").or(explore.button("Hold what it became"))).toBeVisible();
  if (await explore.button("Stop turning").isVisible()) await explore.button("Stop turning").click();
  await explore.button("Hold what it became").click();
  await expect(explore.held).toHaveCount(2);
  expect(await explore.pixels(thumbnail)).toBe(held);

  await duel.open({ hash: { ...SMALL, labels: "projection", place: "explore" } });
  await explore.hold(1);
  await explore.button("Turn A into 3").click();
  await expect(outcome).toHaveText(/^read as 3: \d+ %$/);
});

test("the place has an address of its own, and going there and back begins no new run", async ({ duel }) => {
  await duel.open();
  await duel.takeStep();
  await duel.slider("Batch size").fill("16");
  // The address follows a moment later; going back returns to what it said when the place was left.
  await expect.poll(() => new URL(duel.page.url()).hash).toContain("batch=16");
  const explore = new ExplorePlace(duel.page);
  await explore.open();
  await expect.poll(() => new URL(duel.page.url()).hash).toContain("place=explore");
  await duel.page.goBack();
  await expect(duel.restartNotice).toBeVisible();
  expect(await duel.stepCount()).toBe(1);
  await duel.page.goForward();
  await duel.page.reload();
  await expect(explore.link).toHaveAttribute("aria-current", "page");
});

test("a run that makes points is told apart, in words", async ({ duel }) => {
  await duel.open({ hash: { preset: "points-ring", place: "explore" } });
  await expect(duel.page.getByRole("main", { name: "Explore" })).toContainText("makes points in the plane");
  await expect(duel.notice).toBeHidden();
});
