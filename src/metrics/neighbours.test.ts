/** Distances, precision and recall, density and coverage against their definitions, point by point. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal } from "../shared/random.ts";
import { densityCoverage } from "./densityCoverage.ts";
import { neighbourDistances, squaredDistances } from "./distances.ts";
import { precisionRecall } from "./precisionRecall.ts";
import { rowsOf, type Rows } from "./rows.ts";
import { finish } from "./work.ts";

function points(count: number, width: number, draw: number, mean = 0, scale = 1): Rows {
  const values = normal({ seed: 4, stream: "samples", draw }, count * width);
  return rowsOf(
    values.map((value) => mean + scale * value),
    width,
  );
}

function list({ count, width, values }: Rows): readonly (readonly number[])[] {
  return Array.from({ length: count }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
}

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.sqrt(a.reduce((sum, value, index) => sum + (value - (b[index] ?? NaN)) ** 2, 0));

/** The distance from the point at `index` to its k-th nearest neighbour. */
function radius(all: readonly (readonly number[])[], index: number, k: number): number {
  const own = all[index] ?? [];
  const others = all.filter((_, other) => other !== index).map((other) => distance(own, other));
  return others.sort((a, b) => a - b)[k - 1] ?? NaN;
}

function reference(real: Rows, fake: Rows, k: number) {
  const [xs, ys] = [list(real), list(fake)];
  const [xRadii, yRadii] = [xs.map((_, index) => radius(xs, index, k)), ys.map((_, index) => radius(ys, index, k))];
  const inside = (point: readonly number[], centres: typeof xs, radii: readonly number[]) =>
    centres.filter((centre, index) => distance(point, centre) <= (radii[index] ?? NaN)).length;
  const share = (flags: readonly boolean[]) => flags.filter(Boolean).length / flags.length;
  return {
    precision: share(ys.map((y) => inside(y, xs, xRadii) > 0)),
    recall: share(xs.map((x) => inside(x, ys, yRadii) > 0)),
    density: ys.reduce((sum, y) => sum + inside(y, xs, xRadii), 0) / (k * ys.length),
    coverage: share(xs.map((x, index) => ys.some((y) => distance(x, y) <= (xRadii[index] ?? NaN)))),
  };
}

function measured(real: Rows, fake: Rows, k: number) {
  const [within, among] = [finish(squaredDistances(real, real)), finish(squaredDistances(fake, fake))];
  const [realRadii, fakeRadii] = [neighbourDistances(within, k), neighbourDistances(among, k)];
  const between = finish(squaredDistances(real, fake));
  return { ...precisionRecall(between, realRadii, fakeRadii), ...densityCoverage(between, realRadii, k) };
}

describe("distances", () => {
  test("are those of every pair, in portions", () => {
    const [left, right] = [points(50, 7, 0), points(900, 7, 1)];
    const work = squaredDistances(left, right);
    expect(work.next().done).toBe(false);
    const { values } = finish(work);
    const [xs, ys] = [list(left), list(right)];
    for (const [i, j] of [
      [0, 0],
      [49, 899],
      [36, 411],
      [37, 5],
    ] as const) {
      // Squares of float32 numbers, summed in float64 and stored in float32, which rounds at 6e-8.
      expect((values[i * 900 + j] ?? NaN) / distance(xs[i] ?? [], ys[j] ?? []) ** 2).toBeCloseTo(1, 6);
    }
  });

  test("to neighbours leave out the point itself, but not its doubles", () => {
    const rows = rowsOf(Float32Array.of(0, 1, 3, 3), 1);
    const within = finish(squaredDistances(rows, rows));
    expect([...neighbourDistances(within, 1)]).toEqual([1, 1, 0, 0]);
    expect([...neighbourDistances(within, 3)]).toEqual([9, 4, 9, 9]);
    expect(() => neighbourDistances(within, 4)).toThrow(/4 neighbours among 4 rows/);
  });
});

describe("precision, recall, density and coverage", () => {
  test("are those of their definitions on clouds that overlap", () => {
    fc.assert(
      fc.property(
        fc.record({
          draw: fc.nat(1000),
          mean: fc.double({ min: 0, max: 3, noNaN: true }),
          k: fc.integer({ min: 1, max: 6 }),
        }),
        ({ draw, mean, k }) => {
          const [real, fake] = [points(40, 3, 2 * draw), points(35, 3, 2 * draw + 1, mean, 0.7)];
          const [actual, expected] = [measured(real, fake, k), reference(real, fake, k)];
          for (const name of ["precision", "recall", "density", "coverage"] as const) {
            expect(actual[name]).toBeCloseTo(expected[name], 12);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test("tell a copy of the data from a single point in it, and from points far away", () => {
    const real = points(60, 4, 1);
    const copy = measured(real, real, 3);
    expect(copy).toMatchObject({ precision: 1, recall: 1, coverage: 1 });
    const collapsed = measured(
      real,
      rowsOf(
        Float32Array.from({ length: 240 }, (_, index) => real.values[index % 4] ?? 0),
        4,
      ),
      3,
    );
    expect(collapsed.precision).toBe(1);
    expect(collapsed.recall).toBeLessThan(0.05);
    expect(collapsed.coverage).toBeLessThan(0.2);
    expect(measured(real, points(60, 4, 2, 100), 3)).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 });
  });
});
