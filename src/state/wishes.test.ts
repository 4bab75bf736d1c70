import { expect, test } from "vitest";
import { createWishes } from "./wishes.ts";

/** Work that notes its name and ends when it is told to. */
function workshop() {
  const done: string[] = [];
  let finish: () => void = () => undefined;
  const work = (name: string) => async (): Promise<void> => {
    await new Promise<void>((resolve) => (finish = resolve));
    done.push(name);
  };
  const finishOne = async (): Promise<void> => {
    finish();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { done, work, finishOne };
}

test("one piece of work is under way at a time, and of each kind the last wish is done", async () => {
  const { done, work, finishOne } = workshop();
  const wishes = createWishes<"image" | "plane">();
  wishes.make("image", work("image 1"));
  wishes.make("image", work("image 2"));
  wishes.make("plane", work("plane"));
  wishes.make("image", work("image 3"));
  expect(done).toEqual([]);
  for (let count = 0; count < 3; count++) await finishOne();
  expect(done).toEqual(["image 1", "image 3", "plane"]);
});

test("what waits is forgotten when it is cancelled, and later wishes are done", async () => {
  const { done, work, finishOne } = workshop();
  const wishes = createWishes<string>();
  wishes.make("a", work("a"));
  wishes.make("b", work("b"));
  wishes.cancel();
  await finishOne();
  wishes.make("c", work("c"));
  await finishOne();
  expect(done).toEqual(["a", "c"]);
});
