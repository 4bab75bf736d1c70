/** What was measured of a run's samples, a row a measurement, by column. It must not know who measures or who looks. */
import { MEASURE_NAMES, type QualityReading } from "../metrics/quality.ts";
import { present } from "../shared/invariant.ts";
import type { QualityChart, QualityColumn } from "./protocol.ts";
import { keptRows } from "./thinning.ts";

const COLUMNS: readonly QualityColumn[] = ["step", ...MEASURE_NAMES];

export interface QualityHistory {
  /** Adds a reading, or replaces the last one where it is of the same step. */
  put(reading: QualityReading): void;
  /** All readings, thinned as the measurements of steps are; NaN where something was not measured. */
  chart(): QualityChart;
}

export function createQualityHistory(): QualityHistory {
  const rows: QualityReading[] = [];
  const valueOf = ({ step, measures }: QualityReading, column: QualityColumn) =>
    column === "step" ? step : (measures[column] ?? NaN);
  return {
    put(reading) {
      // A reading that took long may come after one that was asked for later.
      const place = rows.findLastIndex(({ step }) => step <= reading.step);
      const replaced = rows[place]?.step === reading.step ? 1 : 0;
      rows.splice(place + 1 - replaced, replaced, reading);
    },
    chart() {
      const column = (name: QualityColumn) => Float64Array.from(rows, (row) => valueOf(row, name));
      const all = new Map(COLUMNS.map((name) => [name, column(name)]));
      const kept = keptRows(MEASURE_NAMES.map((name) => present(all.get(name), name)));
      const thinned = COLUMNS.map((name) => [name, kept.map((row) => present(all.get(name)?.[row], name))] as const);
      return Object.fromEntries(thinned.map(([name, values]) => [name, Float64Array.from(values)])) as QualityChart;
    },
  };
}
