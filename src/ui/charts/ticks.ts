/** Where a chart's axes carry numbers: round ones, few of them. It knows rows, not components. */
import type { ChartRow } from "./rows.ts";

/** About how many intervals an axis is cut into. */
const INTERVALS = 4;
const ROUND_FACTORS = [1, 2, 5, 10];

/** The first step, the last, and round ones between them, far enough apart to be read. */
export function stepTicks(rows: readonly ChartRow[]): readonly number[] {
  const [first, last] = [rows[0]?.step ?? 0, rows.at(-1)?.step ?? 0];
  const interval = Math.max(1, roundInterval((last - first) / INTERVALS));
  const between: number[] = [];
  for (let tick = Math.ceil(first / interval) * interval; tick < last; tick += interval) {
    if (tick - first > interval / 2 && last - tick > interval / 2) between.push(tick);
  }
  return first === last ? [first] : [first, ...between, last];
}

/** Round numbers that enclose every value of the columns: multiples on a linear scale, powers of ten on a log scale. */
export function valueTicks(
  rows: readonly ChartRow[],
  columns: readonly string[],
  scale: "linear" | "log",
): readonly number[] {
  const [lowest, highest] = extremes(rows, columns);
  if (lowest > highest) return scale === "log" ? [0.1, 1] : [0, 1];
  return scale === "log" ? powerTicks(lowest, highest) : linearTicks(lowest, highest);
}

function extremes(rows: readonly ChartRow[], columns: readonly string[]): readonly [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const row of rows) {
    for (const column of columns) {
      const value = row[column];
      if (value === null || value === undefined) continue;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
  }
  return [lowest, highest];
}

function linearTicks(lowest: number, highest: number): readonly number[] {
  const spread = highest - lowest;
  const interval = roundInterval(spread > 0 ? spread / INTERVALS : Math.abs(highest) / INTERVALS || 1);
  const [from, to] = [
    Math.floor(lowest / interval),
    Math.max(Math.ceil(highest / interval), Math.floor(lowest / interval) + 1),
  ];
  // Multiplied, not added up: 0.1 + 0.2 would not be a round number.
  return Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * interval).toPrecision(12)));
}

function powerTicks(lowest: number, highest: number): readonly number[] {
  const from = Math.floor(Math.log10(lowest));
  const to = Math.max(Math.ceil(Math.log10(highest)), from + 1);
  const stride = Math.ceil((to - from) / INTERVALS);
  const count = Math.ceil((to - from) / stride) + 1;
  return Array.from({ length: count }, (_, index) => Number(`1e${String(from + index * stride)}`));
}

/** The next round number at or above: 1, 2 or 5 times a power of ten. */
function roundInterval(wanted: number): number {
  if (!(wanted > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = ROUND_FACTORS.find((candidate) => candidate * power >= wanted * (1 - 1e-9)) ?? 10;
  return factor * power;
}
