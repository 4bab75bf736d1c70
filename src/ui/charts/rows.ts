/** The worker's columns as the rows that charts draw. It knows numbers, not components. */
import type { MeasuredRow } from "../../state/lab.ts";
import type { History, MeasurementColumn } from "../../worker/protocol.ts";

export type ChartRow = Readonly<Record<"step", number> & Partial<Record<string, number | null>>>;

/** A row a step with those columns; null, a gap in the line, where there is no number or the scale cannot show it. */
export function chartRows<Column extends string>(
  history: (Readonly<Record<Column, Float64Array>> & { readonly step: Float64Array }) | null,
  columns: readonly Column[],
  scale: "linear" | "log" = "linear",
): readonly ChartRow[] {
  if (history === null) return [];
  return Array.from(history.step, (step, index) => {
    const row: Record<string, number | null> = {};
    for (const column of columns) row[column] = shown(history[column][index], scale);
    return { ...row, step };
  });
}

function shown(value: number | undefined, scale: "linear" | "log"): number | null {
  if (value === undefined || !Number.isFinite(value)) return null;
  return scale === "log" && value <= 0 ? null : value;
}

/** What a measurement of points becomes in a chart and in a file; the last two are null where the data have no clouds. */
export const MEASURE_COLUMNS = ["kl", "jensenShannon", "wasserstein", "coveredShare", "goodShare"] as const;

export function measuredRow({ step, kl, jensenShannon, wasserstein, modes }: MeasuredRow): ChartRow {
  return {
    step,
    kl: finite(kl),
    jensenShannon: finite(jensenShannon),
    wasserstein: finite(wasserstein),
    coveredShare: modes === null ? null : modes.covered / modes.modes,
    goodShare: modes === null ? null : modes.goodShare,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/**
 * All measurements as comma-separated text, a row a step; a field is empty where there is no number. Measures of points stand
 * in columns of their own, with a row where one was taken before the first step.
 */
export function historyToCsv(
  history: History,
  columns: readonly MeasurementColumn[],
  measured: readonly MeasuredRow[] = [],
): string {
  const places = new Map(Array.from(history.step, (step, index) => [step, index] as const));
  const measures = new Map(measured.map((row) => [row.step, measuredRow(row)] as const));
  const added = MEASURE_COLUMNS.filter((column) => [...measures.values()].some((row) => row[column] !== null));
  const lines = [...new Set([...places.keys(), ...measures.keys()])]
    .sort((a, b) => a - b)
    .map((step) => {
      const place = places.get(step) ?? NaN;
      const fields = columns.map((column) => (column === "step" ? step : history[column][place]));
      return [...fields, ...added.map((column) => measures.get(step)?.[column])].map(fieldOf).join(",");
    });
  return `${[[...columns, ...added].join(","), ...lines].join("\n")}\n`;
}

function fieldOf(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value) ? "" : String(value);
}
