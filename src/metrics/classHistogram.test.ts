import { describe, expect, test } from "vitest";
import { classesCovered, classHistogram } from "./classHistogram.ts";
import { rowsOf } from "./rows.ts";

/** Logits of images that are one class each with a probability. */
function logitsOf(images: readonly (readonly [label: number, probability: number])[]) {
  const rows = images.map(([label, probability]) =>
    [0, 1, 2].map((other) => Math.log(other === label ? probability : (1 - probability) / 2)),
  );
  return rowsOf(Float32Array.from(rows.flat()), 3);
}

describe("the class histogram", () => {
  test("counts images by class where the classifier is sure, and the others apart", () => {
    const histogram = classHistogram(
      logitsOf([
        [0, 0.99],
        [0, 0.91],
        [2, 0.95],
        [1, 0.89],
        [1, 0.4],
      ]),
    );
    expect(histogram).toEqual({ counts: [2, 0, 1], unrecognised: 2 });
  });

  test("calls a class covered from one image in a hundred on", () => {
    expect(classesCovered({ counts: [97, 1, 0], unrecognised: 2 })).toBe(2);
    expect(classesCovered({ counts: [97, 1, 0], unrecognised: 3 })).toBe(1);
    expect(classesCovered({ counts: [0, 0, 0], unrecognised: 10 })).toBe(0);
    expect(classesCovered({ counts: [0, 0, 0], unrecognised: 0 })).toBe(0);
  });
});
