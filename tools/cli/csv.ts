/** Measurements as a table for spreadsheets and pandas. */
import { MEASUREMENT_COLUMNS } from "../../src/worker/protocol.ts";
import type { History } from "../../src/worker/protocol.ts";

/** A header, then a row a step. What was not measured is left empty. */
export function csvOf(history: History): string {
  const lines = [MEASUREMENT_COLUMNS.join(",")];
  for (let row = 0; row < history.step.length; row++) {
    const cells = MEASUREMENT_COLUMNS.map((column) => history[column][row] ?? NaN);
    lines.push(cells.map((cell) => (Number.isNaN(cell) ? "" : String(cell))).join(","));
  }
  return `${lines.join("\n")}\n`;
}
