import { expect, test } from "vitest";
import { Harness, ITEM_SIZE, SHARD_SIZE, shard } from "../testHarness.ts";
import { ENTRY } from "../testHarness.ts";

const SHARDS = ENTRY.trainCount / SHARD_SIZE;

/** Training images of the pretended download, the last of which comes from another shard. */
function trained(...places: readonly (readonly [index: number, item: number])[]): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(places.length * ITEM_SIZE);
  places.forEach(([index, item], place) => {
    const { pixels: all } = shard(index);
    pixels.set(all.subarray(item * ITEM_SIZE, (item + 1) * ITEM_SIZE), place * ITEM_SIZE);
  });
  return pixels;
}

test("an image of the training set is nearest to itself, and one that was changed a little is not far from it", async () => {
  const harness = new Harness(SHARDS);
  await harness.configure();
  await harness.trainUntil(1);
  const pixels = trained([0, 3], [1, 4]);
  // Every second pixel of the second image is one brighter or darker.
  for (let pixel = ITEM_SIZE; pixel < 2 * ITEM_SIZE; pixel += 2) pixels[pixel] = (pixels[pixel] ?? 0) ^ 1;
  const before = await harness.trainUntil(2);
  const answer = await harness.ask("nearest", { images: { count: 2, shape: [28, 28, 1], pixels } });
  expect(answer.images.pixels).toEqual(trained([0, 3], [1, 4]));
  expect(answer.distances[0]).toBe(0);
  expect(answer.distances[1]).toBeCloseTo(Math.SQRT1_2 / 255, 10);
  // The pretended data set has no evaluator.
  expect(answer.unseen).toBeNull();
  expect((await harness.trainUntil(3)).memory.tensors).toBe(before.memory.tensors);
});

test("too many images, and images of another size, are refused", async () => {
  const harness = new Harness(1);
  await harness.configure();
  const refusal = async (count: number, side: number) => {
    const images = { count, shape: [side, side, 1], pixels: new Uint8Array(count * side * side) } as const;
    harness.send({ type: "ask", run: "run", request: 1, asked: { name: "nearest", question: { images } } });
    return (await harness.next("failed")).message;
  };
  expect(await refusal(65, 28)).toContain("65 images cannot be compared at once");
  expect(await refusal(1, 14)).toContain("14 × 14");
  // Not all of the data set has come.
  expect(await refusal(1, 28)).toContain("have not come yet");
});
