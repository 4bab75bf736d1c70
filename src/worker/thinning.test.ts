/** Thinning checked by properties: whatever the measurements, no extreme and no end is lost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsBy } from "./history.ts";
import { MEASUREMENT_COLUMNS } from "./protocol.ts";
import type { History } from "./protocol.ts";
import { MOST_ROWS, thin } from "./thinning.ts";

const SERIES = MEASUREMENT_COLUMNS.filter((column) => column !== "step");

/** Histories of 1 to 3,000 rows, with spikes and gaps. */
const histories: fc.Arbitrary<History> = fc
  .record({ rows: fc.integer({ min: 1, max: 3000 }), values: fc.array(fc.double(), { minLength: 1, maxLength: 97 }) })
  .map(({ rows, values }) =>
    columnsBy((column) => {
      const offset = MEASUREMENT_COLUMNS.indexOf(column) * 13;
      return Float64Array.from({ length: rows }, (_, row) =>
        column === "step" ? row + 1 : (values[(row * 7 + offset) % values.length] ?? NaN),
      );
    }),
  );

function extremes(values: Float64Array): readonly [number, number] {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return [numbers.reduce((a, b) => Math.min(a, b), Infinity), numbers.reduce((a, b) => Math.max(a, b), -Infinity)];
}

describe("thinning", () => {
  test("keeps at most 400 rows, with the first and the last", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { step } = thin(history);
        expect(step.length).toBeLessThanOrEqual(MOST_ROWS);
        expect(step[0]).toBe(1);
        expect(step.at(-1)).toBe(history.step.length);
      }),
    );
  });

  test("keeps rows whole and in order", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const thinned = thin(history);
        thinned.step.forEach((step, index) => {
          if (index > 0) expect(step).toBeGreaterThan(thinned.step[index - 1] ?? Infinity);
          for (const series of SERIES) expect(thinned[series][index]).toBe(history[series][step - 1]);
        });
      }),
      { numRuns: 30 },
    );
  });

  test("keeps the extremes of every series", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const thinned = thin(history);
        for (const series of SERIES) {
          const [least, greatest] = extremes(history[series]);
          const [thinnedLeast, thinnedGreatest] = extremes(thinned[series]);
          // 0 and −0 are the same height on a chart.
          expect(thinnedLeast === least).toBe(true);
          expect(thinnedGreatest === greatest).toBe(true);
        }
      }),
    );
  });

  test("copies a short history, so that the original can go on growing", () => {
    const history = columnsBy(() => Float64Array.of(1, 2, 3));
    const thinned = thin(history);
    expect(thinned).toEqual(history);
    expect(thinned.step.buffer).not.toBe(history.step.buffer);
  });

  test("keeps one spike among a hundred thousand rows", () => {
    const history = columnsBy((column) =>
      Float64Array.from({ length: 100_000 }, (_, row) =>
        column === "step" ? row : column === "generatorLoss" && row === 61_803 ? 9 : Math.sin(row / 50),
      ),
    );
    expect([...thin(history).generatorLoss]).toContain(9);
  });
});
