/** Measurements as a table for spreadsheets and pandas. */
import { columnsToSave } from "../../src/worker/protocol.ts";
import type { History } from "../../src/worker/protocol.ts";

/** A header, then a row a step. What was not measured is left empty. */
export function csvOf(history: History): string {
  const columns = columnsToSave(history);
  const lines = [columns.join(",")];
  for (let row = 0; row < history.step.length; row++) {
    const cells = columns.map((column) => history[column][row] ?? NaN);
    lines.push(cells.map((cell) => (Number.isNaN(cell) ? "" : String(cell))).join(","));
  }
  return `${lines.join("\n")}\n`;
}
