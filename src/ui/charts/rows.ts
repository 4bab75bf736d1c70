/** The worker's columns as the rows that charts draw. It knows numbers, not components. */
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

/** All measurements as comma-separated text, a row a step; a field is empty where there is no number. */
export function historyToCsv(history: History, columns: readonly MeasurementColumn[]): string {
  const lines = Array.from(history.step, (_, index) =>
    columns
      .map((column) => {
        const value = history[column][index];
        return value === undefined || Number.isNaN(value) ? "" : String(value);
      })
      .join(","),
  );
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}
