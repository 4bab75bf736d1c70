import { expect, test } from "vitest";
import { contour } from "./contour.ts";

test("a slope is crossed by a straight line where it has the level", () => {
  const values = Float32Array.from({ length: 25 }, (_, cell) => cell % 5);
  const pieces = contour(values, 5, 1.25);
  expect(pieces).toHaveLength(4);
  for (const [fromX, , toX] of pieces) expect([fromX, toX]).toEqual([1.25, 1.25]);
});

test("round a hill the line is a ring that closes", () => {
  const values = Float32Array.from({ length: 41 * 41 }, (_, cell) => {
    return 10 - Math.hypot((cell % 41) - 20, Math.floor(cell / 41) - 20);
  });
  const pieces = contour(values, 41, 0);
  const ends = new Map<string, number>();
  for (const [x1, y1, x2, y2] of pieces) {
    // A cone is not linear between neighbours: a tenth of a cell is allowed.
    expect(Math.abs(Math.hypot(x1 - 20, y1 - 20) - 10)).toBeLessThan(0.1);
    for (const end of [`${x1.toFixed(4)} ${y1.toFixed(4)}`, `${x2.toFixed(4)} ${y2.toFixed(4)}`]) {
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  }
  expect([...ends.values()].every((count) => count % 2 === 0)).toBe(true);
});

test("a surface that stays on one side has no line", () => {
  expect(contour(new Float32Array(16).fill(0.7), 4, 0.5)).toEqual([]);
  expect(contour(new Float32Array(16).fill(NaN), 4, 0.5)).toEqual([]);
});
