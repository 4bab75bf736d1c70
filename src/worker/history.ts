/** The measurements of a run by column, growing by a row a step. It must not know who measures or who looks. */
import { invariant } from "../shared/invariant.ts";
import { MEASUREMENT_COLUMNS, RECENT_STEPS } from "./protocol.ts";
import type { History, Measurement, MeasurementColumn, RecentScores } from "./protocol.ts";

const FIRST_CAPACITY = 1024;

/** Columns of numbers by name; in the way History has them, but theirs to write. */
type Columns = Record<MeasurementColumn, Float64Array<ArrayBuffer>>;

export interface MeasurementHistory {
  /** Rows so far. */
  readonly length: number;
  /** The row of the highest step, or null before the first. */
  readonly latest: Measurement | null;
  /** Adds a row, or replaces the last one when it is of the same step. Steps never fall. */
  put(row: Measurement): void;
  /** The rows so far, as views that stand until the next `put`: copy them to keep them. */
  view(): History;
  /** A copy of all rows. */
  copy(): History;
}

/** All columns made by one function of their name. */
export function columnsBy(make: (column: MeasurementColumn) => Float64Array<ArrayBuffer>): Columns {
  return {
    step: make("step"),
    discriminatorLoss: make("discriminatorLoss"),
    generatorLoss: make("generatorLoss"),
    realScore: make("realScore"),
    fakeScore: make("fakeScore"),
    discriminatorGradientNorm: make("discriminatorGradientNorm"),
    generatorGradientNorm: make("generatorGradientNorm"),
    realAccuracy: make("realAccuracy"),
    fakeAccuracy: make("fakeAccuracy"),
    milliseconds: make("milliseconds"),
  };
}

/** The rows of a history up to a step, as copies. */
export function rowsUntil(history: History, step: number): History {
  const later = history.step.findIndex((at) => at > step);
  const length = later < 0 ? history.step.length : later;
  return columnsBy((column) => history[column].slice(0, length));
}

/** The scores of the last rows, as copies. */
export function recentScores({ realScore, fakeScore }: History): RecentScores {
  return { realScore: realScore.slice(-RECENT_STEPS), fakeScore: fakeScore.slice(-RECENT_STEPS) };
}

/** The last row as it was put: what is not a number was not measured. */
function lastRowOf(history: History): Measurement | null {
  const row = history.step.length - 1;
  if (row < 0) return null;
  const cells = MEASUREMENT_COLUMNS.map((column) => [column, history[column][row] ?? NaN] as const);
  const measured = cells.map(([column, value]) => [column, Number.isNaN(value) ? null : value] as const);
  return Object.fromEntries(measured) as unknown as Measurement;
}

const NO_ROWS: History = columnsBy(() => new Float64Array());

/** A history that goes on from these rows; it doubles its columns whenever they are full. */
export function createHistory(rows: History = NO_ROWS): MeasurementHistory {
  let length = rows.step.length;
  let latest = lastRowOf(rows);
  let columns = columnsBy((column) => {
    const room = new Float64Array(Math.max(FIRST_CAPACITY, 2 * length));
    room.set(rows[column]);
    return room;
  });

  function grow(): void {
    columns = columnsBy((column) => {
      const larger = new Float64Array(columns[column].length * 2);
      larger.set(columns[column]);
      return larger;
    });
  }

  return {
    get length() {
      return length;
    },
    get latest() {
      return latest;
    },
    put(row) {
      invariant(latest === null || row.step >= latest.step, "a measurement came after that of a later step");
      if (latest?.step !== row.step) length += 1;
      if (length > columns.step.length) grow();
      for (const column of MEASUREMENT_COLUMNS) columns[column][length - 1] = row[column] ?? NaN;
      latest = row;
    },
    view: () => columnsBy((column) => columns[column].subarray(0, length)),
    copy: () => columnsBy((column) => columns[column].slice(0, length)),
  };
}
