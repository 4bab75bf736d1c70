import {
  concat,
  fill,
  memory,
  onesLike,
  reshape,
  slice,
  split,
  tidy,
  transpose,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../index.ts";
import { numbers, ODD_SIZES, tensorOf } from "../testing.ts";

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

describe("layout", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test("matrices of odd shapes are transposed", () => {
    for (const rows of ODD_SIZES) {
      for (const columns of ODD_SIZES) {
        const x = numbers([rows, columns], 1);
        const result = tidy(() => transpose(tensorOf(x, [rows, columns])));
        expect(result.shape).toEqual([columns, rows]);
        const expected = Float32Array.from(
          x,
          (_, index) => x[(index % rows) * columns + Math.floor(index / rows)] ?? NaN,
        );
        expect(result.dataSync()).toEqual(expected);
        result.dispose();
      }
    }
  });

  test("every permutation of three dimensions gives what it should", () => {
    const shape = [3, 4, 5] as const;
    const x = numbers(shape, 1);
    for (const order of ORDERS) {
      const result = tidy(() => transpose(tensorOf(x, shape), [...order]));
      const values = result.dataSync();
      const outShape = order.map((axis) => shape[axis]);
      expect(result.shape).toEqual(outShape);
      const [, middle = 1, inner = 1] = outShape;
      for (let index = 0; index < 60; index++) {
        const position = [Math.floor(index / (middle * inner)), Math.floor(index / inner) % middle, index % inner];
        const source = [0, 0, 0];
        order.forEach((axis, place) => {
          source[axis] = position[place] ?? 0;
        });
        const [i = 0, j = 0, k = 0] = source;
        expect(values[index]).toBe(x[(i * 4 + j) * 5 + k]);
      }
      result.dispose();
    }
  });

  test("dimensions of size 1 move without a copy", () => {
    const x = tensorOf(numbers([6, 1, 5]), [6, 1, 5]);
    zerosLike(x).dispose();
    const before = memory().numDataBuffers;
    const moved = transpose(x, [1, 0, 2]);
    expect(moved.shape).toEqual([1, 6, 5]);
    expect(memory().numDataBuffers).toBe(before);
    expect(moved.dataSync()).toEqual(x.dataSync());
    x.dispose();
    expect(moved.dataSync()).toEqual(numbers([6, 1, 5]));
    moved.dispose();
  });

  test("tensors are filled with one number, whatever their size", () => {
    tidy(() => {
      for (const size of [...ODD_SIZES, 5000]) {
        expect([...new Set(fill([size], 2.5).dataSync())]).toEqual([2.5]);
        const x = tensorOf(numbers([size]), [size]);
        expect([...new Set(zerosLike(x).dataSync())]).toEqual([0]);
        expect([...new Set(onesLike(reshape(x, [1, size])).dataSync())]).toEqual([1]);
      }
    });
  });

  test("rows of several lengths go into longer ones and come out again", () => {
    tidy(() => {
      const shapes = ODD_SIZES.map((channels) => [3, 5, 2, channels]);
      const parts = shapes.map((shape, draw) => tensorOf(numbers(shape, draw), shape));
      const whole = concat(parts, 3);
      const values = whole.dataSync();
      const width = ODD_SIZES.reduce((sum, channels) => sum + channels, 0);
      let first = 0;
      for (const [order, channels] of ODD_SIZES.entries()) {
        const part = parts[order]?.dataSync() ?? [];
        for (let index = 0; index < part.length; index++) {
          const place = Math.floor(index / channels) * width + first + (index % channels);
          expect(values[place]).toBe(part[index]);
        }
        expect(slice(whole, [0, 0, 0, first], [3, 5, 2, channels]).dataSync()).toEqual(part);
        first += channels;
      }
      const again = split(whole, [...ODD_SIZES], -1);
      for (const [order, part] of again.entries()) expect(part.dataSync()).toEqual(parts[order]?.dataSync());
    });
  });

  test("parts are put together, taken out and split up again, along every axis", () => {
    tidy(() => {
      const parts = [2, 1, 4].map((rows, draw) => tensorOf(numbers([rows, 3], draw), [rows, 3]));
      const flat = parts.flatMap((part) => [...part.dataSync()]);
      const whole = concat(parts, 0);
      expect([...whole.dataSync()]).toEqual(flat);
      expect([...slice(whole, [1, 0], [4, 3]).dataSync()]).toEqual(flat.slice(3, 15));
      expect([...slice(whole, [1, 1], [2, 1]).dataSync()]).toEqual([flat[4], flat[7]]);
      const again = split(whole, [2, 1, 4]);
      expect(again.map((part) => part.shape)).toEqual(parts.map((part) => part.shape));
      expect(again.flatMap((part) => [...part.dataSync()])).toEqual(flat);
      const sideways = concat([transpose(whole), transpose(whole)], 1);
      expect([...transpose(sideways).dataSync()]).toEqual([...flat, ...flat]);
      const columns = split(whole, 3, 1);
      expect([...concat(columns, 1).dataSync()]).toEqual(flat);
    });
  });
});
