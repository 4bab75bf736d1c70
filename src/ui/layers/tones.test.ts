import { expect, test } from "vitest";
import { enlarged, scaleOf, toned, tonedMaps } from "./tones.ts";

test("where nothing is negative, black is zero and white the greatest number", () => {
  const { images, scale } = toned(Float32Array.of(0, 1, 2, 4), 1, [2, 2, 1]);
  expect(scale).toEqual({ black: 0, white: 4 });
  // 63.75 and 127.5 are rounded.
  expect([...images.pixels]).toEqual([0, 64, 128, 255]);
});

test("where anything is negative, zero is grey and the scale reaches as far to either side", () => {
  const { images, scale } = toned(Float32Array.of(-1, 0, 2, -2), 1, [2, 2, 1]);
  expect(scale).toEqual({ black: -2, white: 2 });
  expect([...images.pixels]).toEqual([64, 128, 255, 0]);
});

test("all images share one scale, so that they can be compared", () => {
  const { images } = toned(Float32Array.of(1, 1, 10, 10), 2, [1, 2, 1]);
  expect([...images.pixels]).toEqual([26, 26, 255, 255]);
  expect(images).toMatchObject({ count: 2, grid: { columns: 2 } });
});

test("maps that lie behind one another are shown side by side", () => {
  // Two places with three channels each.
  const { images } = tonedMaps(Float32Array.of(0, 5, 10, 10, 5, 0), [1, 2, 3]);
  expect(images.shape).toEqual([1, 2, 1]);
  expect([...images.pixels]).toEqual([0, 255, 128, 128, 255, 0]);
});

test("nothing at all is black, and what is no number neither shows nor stretches the scale", () => {
  expect([...toned(new Float32Array(4), 1, [2, 2, 1]).images.pixels]).toEqual([0, 0, 0, 0]);
  const { images, scale } = toned(Float32Array.of(NaN, Infinity, 3, 0), 1, [2, 2, 1]);
  expect(scale).toEqual({ black: 0, white: 3 });
  expect([...images.pixels]).toEqual([0, 0, 255, 0]);
  expect(scaleOf(new Float32Array())).toEqual({ black: 0, white: 0 });
});

test("small images are enlarged pixel by pixel, each on its own, and large ones left as they are", () => {
  const small = { count: 2, shape: [1, 2, 1] as const, pixels: Uint8Array.of(1, 2, 3, 4) };
  const { shape, pixels } = enlarged(small);
  const row = (left: number, right: number) => [...Array<number>(24).fill(left), ...Array<number>(24).fill(right)];
  expect(shape).toEqual([24, 48, 1]);
  expect([...pixels.subarray(0, 48)]).toEqual(row(1, 2));
  expect([...pixels.subarray(24 * 48 + 23 * 48)]).toEqual(row(3, 4));
  const large = { count: 1, shape: [28, 28, 1] as const, pixels: new Uint8Array(784) };
  expect(enlarged(large)).toBe(large);
});
