/** What is worked out from an answer about the plane: fields over its cells, and what is at a point. It knows numbers alone. */
import { MANIFOLD_SIDE, SURFACE_SIDE, type Manifold, type PlaneAnswer } from "../../worker/questions/plane.question.ts";

/** Below this share of the greatest density of the data nobody can say what the best discriminator thinks. */
const FAINT = 0.002;
/** From this share on they are certain enough to be shown at full strength. */
const ENOUGH = 0.05;

/**
 * p_data / (p_data + p_g), the best discriminator there could be for these points (Goodfellow et al. 2014, proposition 1), from
 * kernel estimates of both; NaN where next to none of either lie.
 */
export function optimalScores({ real, fake }: NonNullable<PlaneAnswer["densities"]>): Float32Array {
  const faint = FAINT * greatest(real);
  return real.map((density, cell) => {
    const whole = density + (fake[cell] ?? 0);
    return whole > faint ? density / whole : NaN;
  });
}

/** From 0, where next to nothing lies and the best scores say nothing, to 1 where enough does. */
export function certainty({ real, fake }: NonNullable<PlaneAnswer["densities"]>): Float32Array {
  const enough = ENOUGH * greatest(real) || 1;
  return real.map((density, cell) => Math.min(1, (density + (fake[cell] ?? 0)) / enough));
}

/** p_g − p_data over the greatest density of the data. */
export function densityDifference({ real, fake }: NonNullable<PlaneAnswer["densities"]>): Float32Array {
  const most = greatest(real) || 1;
  return real.map((density, cell) => ((fake[cell] ?? 0) - density) / most);
}

function greatest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** A field over the cells of the surface at a place in the plane, linear between the middles of cells. */
export function valueAt(field: Float32Array, extent: number, x: number, y: number): number {
  const place = (coordinate: number) => {
    const cell = ((coordinate + extent) / (2 * extent)) * SURFACE_SIDE - 0.5;
    return Math.min(SURFACE_SIDE - 1, Math.max(0, cell));
  };
  const [column, row] = [place(x), place(y)];
  const [left, below] = [Math.floor(column), Math.floor(row)];
  const [right, above] = [Math.min(SURFACE_SIDE - 1, left + 1), Math.min(SURFACE_SIDE - 1, below + 1)];
  const at = (c: number, r: number) => field[r * SURFACE_SIDE + c] ?? NaN;
  const along = (r: number) => at(left, r) + (column - left) * (at(right, r) - at(left, r));
  return along(below) + (row - below) * (along(above) - along(below));
}

/** Four corners in the plane, in turn, and how densely the generator puts points between them. */
export interface ManifoldCell {
  readonly corners: readonly (readonly [x: number, y: number])[];
  readonly density: number;
}

/** A cell's density is its share of latents over the area that it is warped to. */
export function manifoldCells({ points, masses }: Manifold): readonly ManifoldCell[] {
  const side = MANIFOLD_SIDE - 1;
  const at = (column: number, row: number): readonly [number, number] => {
    const node = row * MANIFOLD_SIDE + column;
    return [points[2 * node] ?? NaN, points[2 * node + 1] ?? NaN];
  };
  return Array.from({ length: side * side }, (_, cell) => {
    const [column, row] = [cell % side, Math.floor(cell / side)];
    const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
    return { corners, density: (masses[cell] ?? 0) / Math.max(areaOf(corners), 1e-9) };
  });
}

/** Half the cross product of the diagonals. */
function areaOf([a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]]: ManifoldCell["corners"]): number {
  return Math.abs((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])) / 2;
}
