import { expect, test } from "vitest";
import type { ImageBatch } from "../worker/protocol.ts";
import { cellOf, LookalikeSearch } from "./lookalike.ts";
import { pretendRun, settled } from "./pretendedRun.ts";

const UNSEEN = { typical: 0.15, near: 0.05 };

/** Images of one pixel each. */
function images(...pixels: readonly number[]): ImageBatch {
  return { count: pixels.length, shape: [1, 1, 1], pixels: Uint8Array.from(pixels) };
}

/** A run whose training images are each one brighter than the sample that is compared with them. */
function openSearch(refuses = false) {
  const run = pretendRun((asked) => {
    if (asked.name !== "nearest" || refuses) return "Not yet.";
    const [pixel = 0] = asked.question.images.pixels;
    return { name: "nearest", answer: { images: images(pixel + 1), distances: [0.1], unseen: UNSEEN } };
  });
  const show = (step: number, ...pixels: readonly number[]): void => {
    const { run: id } = run.session.store.getState();
    run.stream.setState({ samples: { type: "samples", run: id, step, images: images(...pixels) } });
  };
  return { ...run, show, search: new LookalikeSearch(run.session, run.stream) };
}

test("a cell that is looked at in passing is compared, and forgotten when it is left", async () => {
  const { search, show, asked } = openSearch();
  show(1, 10, 20, 30);
  search.pass(2);
  await settled();
  expect(asked).toEqual([{ name: "nearest", question: { images: images(30) } }]);
  expect(search.store.getState().found).toEqual({
    cell: 2,
    sample: images(30),
    image: images(31),
    distance: 0.1,
    unseen: UNSEEN,
  });
  // What is asked with is handed over to the worker, and cannot be shown any more.
  const [given] = asked;
  const handedOver = given?.name === "nearest" ? given.question.images.pixels : null;
  expect(search.store.getState().found?.sample.pixels).not.toBe(handedOver);
  search.leave(2);
  expect(search.store.getState()).toEqual({ passing: null, held: null, found: null, refusal: "" });
});

test("a cell that is held is looked at again after others in passing, until it is let go", async () => {
  const { search, show } = openSearch();
  show(1, 10, 20, 30);
  search.toggle(0);
  search.pass(1);
  await settled();
  expect(search.store.getState().found?.cell).toBe(1);
  search.leave(1);
  await settled();
  expect(search.store.getState().found?.cell).toBe(0);
  search.toggle(0);
  expect(cellOf(search.store.getState())).toBeNull();
  expect(search.store.getState().found).toBeNull();
});

test("its sample is compared anew when it changes, and no other is", async () => {
  const { search, show, asked } = openSearch();
  show(1, 10, 20);
  search.toggle(1);
  await settled();
  show(2, 11, 21);
  await expect.poll(() => search.store.getState().found?.image, { timeout: 3000 }).toEqual(images(22));
  expect(asked).toHaveLength(2);
});

test("another run is looked at by nobody, and a refusal is told until a cell is left", async () => {
  const { search, show, session } = openSearch(true);
  show(1, 10);
  search.pass(0);
  await settled();
  expect(search.store.getState().refusal).toBe("Not yet. Wait.");
  search.leave(0);
  expect(search.store.getState().refusal).toBe("");
  search.toggle(0);
  session.reset();
  expect(cellOf(search.store.getState())).toBeNull();
});
