/** The eight dark fields of a board of four by four: even within, nothing beside, and corners that touch. */
import { pick, type Distribution, type Point } from "./distribution.ts";

const FIELDS = 4;
const SIDE = 0.8;
const EDGE = (FIELDS * SIDE) / 2;

const isDark = (column: number, row: number): boolean => (column + row) % 2 === 0;

const DARK: readonly Point[] = Array.from({ length: FIELDS * FIELDS }, (_, field): Point => [
  field % FIELDS,
  Math.floor(field / FIELDS),
]).filter(([column, row]) => isDark(column, row));

export const checkerboard: Distribution = {
  pointOf({ u, v }) {
    const [[column, row], rest] = pick(DARK, u);
    return [(column + rest) * SIDE - EDGE, (row + v) * SIDE - EDGE];
  },
  densityAt(x, y) {
    const [column, row] = [Math.floor((x + EDGE) / SIDE), Math.floor((y + EDGE) / SIDE)];
    const isOnBoard = [column, row].every((place) => place >= 0 && place < FIELDS);
    return isOnBoard && isDark(column, row) ? 1 / (DARK.length * SIDE ** 2) : 0;
  },
  modes: null,
};
