/** Where a surface crosses a level, by marching squares (Lorensen and Cline 1987, in the plane). It knows numbers, not canvases. */

/** A piece of the line, in cells of the grid from its lower left value: [x, y, x, y]. */
export type Piece = readonly [number, number, number, number];

type Corner = readonly [column: number, row: number];
const EDGES: readonly (readonly [Corner, Corner])[] = [
  [
    [0, 0],
    [1, 0],
  ],
  [
    [1, 0],
    [1, 1],
  ],
  [
    [0, 1],
    [1, 1],
  ],
  [
    [0, 0],
    [0, 1],
  ],
];

/** The line on which `values`, [side · side] row by row, pass `level`; linear between neighbours. */
export function contour(values: Float32Array, side: number, level: number): readonly Piece[] {
  const pieces: Piece[] = [];
  const at = (column: number, row: number) => (values[row * side + column] ?? NaN) - level;
  const isAbove = (place: number) => (values[place] ?? NaN) > level;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      // Most cells lie on one side, and cost next to nothing.
      const place = row * side + column;
      const first = isAbove(place);
      if ([1, side, side + 1].every((offset) => isAbove(place + offset) === first)) continue;
      const crossings = EDGES.flatMap(([[fromX, fromY], [toX, toY]]) => {
        const [from, to] = [at(column + fromX, row + fromY), at(column + toX, row + toY)];
        if (from > 0 === to > 0) return [];
        const part = from / (from - to);
        return [[column + fromX + part * (toX - fromX), row + fromY + part * (toY - fromY)] as const];
      });
      // A saddle has four crossings: one of the two ways to join them is as good as the other.
      for (let index = 0; index + 1 < crossings.length; index += 2) {
        const [begin, end] = [crossings[index], crossings[index + 1]];
        if (begin !== undefined && end !== undefined) pieces.push([...begin, ...end]);
      }
    }
  }
  return pieces;
}
