// Winograd's transforms along one dimension, for tiles of four outputs and filters of two or three taps (Winograd 1980; Lavin
// and Gray 2016, "Fast Algorithms for Convolutional Neural Networks", section 4), and for narrow tiles of three outputs, two
// taps.
//
// A tile is y = Aᵀ [(G w) ⊙ (Bᵀ x)], with w the taps: polynomials are multiplied by their values at as many points as the
// product has coefficients, here transposed, so that it is a correlation. The points are 0, 1, −1, 2 and infinity for two
// taps, and −2 besides for three. Measured over 128 channels, rounding errors are three to five times those of direct sums.
// Narrow tiles do without the point 2, and share the filter's values at the others: their matrices are those of four points,
// by the same G.
//
// Every function reads as many registers, `fromBytes` apart, as its matrix has columns, and stores as many as it has rows;
// narrow ones leave the place of the point 2 out.

/** Outputs of a tile along one dimension. */
export const TILE: i32 = 4;

// The transforms as types: each makes loops of its own at compile time.
export class InputToPoints2 {}
export class InputFromPoints2 {}
export class TileToPoints2 {}
export class TileFromPoints2 {}
export class TapsToPoints2 {}
export class TapsFromPoints2 {}
export class InputToPoints2Narrow {}
export class InputFromPoints2Narrow {}
export class TileToPoints2Narrow {}
export class TileFromPoints2Narrow {}
export class InputToPoints3 {}
export class InputFromPoints3 {}
export class TileToPoints3 {}
export class TileFromPoints3 {}
export class TapsToPoints3 {}
export class TapsFromPoints3 {}

// @ts-ignore: decorator
@inline
export function transform<Kind>(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  if (idof<Kind>() == idof<InputToPoints2>()) inputToPoints2(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<InputFromPoints2>()) inputFromPoints2(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TileToPoints2>()) tileToPoints2(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TileFromPoints2>()) tileFromPoints2(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TapsToPoints2>()) tapsToPoints2(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TapsFromPoints2>()) tapsFromPoints2(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<InputToPoints2Narrow>()) inputToPoints2Narrow(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<InputFromPoints2Narrow>()) inputFromPoints2Narrow(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TileToPoints2Narrow>()) tileToPoints2Narrow(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TileFromPoints2Narrow>()) tileFromPoints2Narrow(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<InputToPoints3>()) inputToPoints3(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<InputFromPoints3>()) inputFromPoints3(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TileToPoints3>()) tileToPoints3(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TileFromPoints3>()) tileFromPoints3(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TapsToPoints3>()) tapsToPoints3(from, fromBytes, to, toBytes);
  else if (idof<Kind>() == idof<TapsFromPoints3>()) tapsFromPoints3(from, fromBytes, to, toBytes);
  else unreachable();
}

// @ts-ignore: decorator
@inline
function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

/** 2 · a. Doubling spares a constant, which costs a browser's compiler more than an addition. */
// @ts-ignore: decorator
@inline
function twice(a: v128): v128 {
  return f32x4.add(a, a);
}

// @ts-ignore: decorator
@inline
function times(factor: f32, a: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), a);
}

/** Bᵀ = [2 −1 −2 1 0; 0 2 1 −1 0; 0 −2 3 −1 0; 0 −1 0 1 0; 0 2 −1 −2 1]. */
// @ts-ignore: decorator
@inline
function inputToPoints2(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from + fromBytes);
  const x2 = v128.load(from + 2 * fromBytes);
  const x3 = v128.load(from + 3 * fromBytes);
  const x4 = v128.load(from + 4 * fromBytes);
  const shared = sub(x3, x1);
  const ahead = sub(x2, x1);
  v128.store(to, add(twice(sub(x0, x2)), shared));
  v128.store(to + toBytes, sub(add(x1, x2), shared));
  v128.store(to + 2 * toBytes, sub(add(twice(ahead), ahead), shared));
  v128.store(to + 3 * toBytes, shared);
  v128.store(to + 4 * toBytes, sub(sub(x4, x2), twice(shared)));
}

/** B. */
// @ts-ignore: decorator
@inline
function inputFromPoints2(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromBytes);
  const y2 = v128.load(from + 2 * fromBytes);
  const y3 = v128.load(from + 3 * fromBytes);
  const y4 = v128.load(from + 4 * fromBytes);
  const shared = sub(add(sub(y0, add(y1, y2)), y3), twice(y4));
  const ahead = add(twice(y2), y2);
  const zero = twice(y0);
  v128.store(to, zero);
  v128.store(to + toBytes, sub(sub(y1, ahead), shared));
  v128.store(to + 2 * toBytes, sub(add(y1, ahead), add(zero, y4)));
  v128.store(to + 3 * toBytes, shared);
  v128.store(to + 4 * toBytes, y4);
}

/** A = [1 0 0 0; 1 1 1 1; 1 −1 1 −1; 1 2 4 8; 0 0 0 1]. */
// @ts-ignore: decorator
@inline
function tileToPoints2(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const a0 = v128.load(from);
  const a1 = v128.load(from + fromBytes);
  const a2 = v128.load(from + 2 * fromBytes);
  const a3 = v128.load(from + 3 * fromBytes);
  const even = add(a0, a2);
  const odd = add(a1, a3);
  v128.store(to, a0);
  v128.store(to + toBytes, add(even, odd));
  v128.store(to + 2 * toBytes, sub(even, odd));
  v128.store(to + 3 * toBytes, add(a0, twice(add(a1, twice(add(a2, twice(a3)))))));
  v128.store(to + 4 * toBytes, a3);
}

/** Aᵀ. */
// @ts-ignore: decorator
@inline
function tileFromPoints2(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromBytes);
  const y2 = v128.load(from + 2 * fromBytes);
  const y3 = v128.load(from + 3 * fromBytes);
  const y4 = v128.load(from + 4 * fromBytes);
  const even = add(y1, y2);
  const odd = sub(y1, y2);
  const double = twice(y3);
  const fourfold = twice(double);
  v128.store(to, add(add(y0, even), y3));
  v128.store(to + toBytes, add(odd, double));
  v128.store(to + 2 * toBytes, add(even, fourfold));
  v128.store(to + 3 * toBytes, add(add(odd, twice(fourfold)), y4));
}

/** G = [1/2 0; 1/2 1/2; 1/6 −1/6; 1/6 1/3; 0 1]. */
// @ts-ignore: decorator
@inline
function tapsToPoints2(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const w0 = v128.load(from);
  const w1 = v128.load(from + fromBytes);
  v128.store(to, times(0.5, w0));
  v128.store(to + toBytes, times(0.5, add(w0, w1)));
  v128.store(to + 2 * toBytes, times(1.0 / 6.0, sub(w0, w1)));
  v128.store(to + 3 * toBytes, times(1.0 / 6.0, add(w0, twice(w1))));
  v128.store(to + 4 * toBytes, w1);
}

/** Gᵀ. */
// @ts-ignore: decorator
@inline
function tapsFromPoints2(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromBytes);
  const y2 = v128.load(from + 2 * fromBytes);
  const y3 = v128.load(from + 3 * fromBytes);
  const y4 = v128.load(from + 4 * fromBytes);
  v128.store(to, add(times(0.5, add(y0, y1)), times(1.0 / 6.0, add(y2, y3))));
  v128.store(to + toBytes, add(add(times(0.5, y1), times(1.0 / 6.0, sub(twice(y3), y2))), y4));
}

/** Bᵀ = [2 0 −2 0; 0 1 1 0; 0 −3 3 0; 0 −1 0 1]. */
// @ts-ignore: decorator
@inline
function inputToPoints2Narrow(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from + fromBytes);
  const x2 = v128.load(from + 2 * fromBytes);
  const x3 = v128.load(from + 3 * fromBytes);
  const ahead = sub(x2, x1);
  v128.store(to, twice(sub(x0, x2)));
  v128.store(to + toBytes, add(x1, x2));
  v128.store(to + 2 * toBytes, add(twice(ahead), ahead));
  v128.store(to + 4 * toBytes, sub(x3, x1));
}

/** B. */
// @ts-ignore: decorator
@inline
function inputFromPoints2Narrow(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromBytes);
  const y2 = v128.load(from + 2 * fromBytes);
  const y4 = v128.load(from + 4 * fromBytes);
  const ahead = add(twice(y2), y2);
  const zero = twice(y0);
  v128.store(to, zero);
  v128.store(to + toBytes, sub(sub(y1, ahead), y4));
  v128.store(to + 2 * toBytes, sub(add(y1, ahead), zero));
  v128.store(to + 3 * toBytes, y4);
}

/** A = [1 0 0; 1 1 1; 1 −1 1; 0 0 1]. */
// @ts-ignore: decorator
@inline
function tileToPoints2Narrow(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const a0 = v128.load(from);
  const a1 = v128.load(from + fromBytes);
  const a2 = v128.load(from + 2 * fromBytes);
  const even = add(a0, a2);
  v128.store(to, a0);
  v128.store(to + toBytes, add(even, a1));
  v128.store(to + 2 * toBytes, sub(even, a1));
  v128.store(to + 4 * toBytes, a2);
}

/** Aᵀ. */
// @ts-ignore: decorator
@inline
function tileFromPoints2Narrow(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromBytes);
  const y2 = v128.load(from + 2 * fromBytes);
  const y4 = v128.load(from + 4 * fromBytes);
  const even = add(y1, y2);
  v128.store(to, add(y0, even));
  v128.store(to + toBytes, sub(y1, y2));
  v128.store(to + 2 * toBytes, add(even, y4));
}

/** Bᵀ = [4 0 −5 0 1 0; 0 −4 −4 1 1 0; 0 4 −4 −1 1 0; 0 −2 −1 2 1 0; 0 2 −1 −2 1 0; 0 4 0 −5 0 1]. */
// @ts-ignore: decorator
@inline
function inputToPoints3(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from + fromBytes);
  const x2 = v128.load(from + 2 * fromBytes);
  const x3 = v128.load(from + 3 * fromBytes);
  const x4 = v128.load(from + 4 * fromBytes);
  const x5 = v128.load(from + 5 * fromBytes);
  const even = sub(x4, times(4, x2));
  const odd = sub(x3, times(4, x1));
  const evenOfTwo = sub(x4, x2);
  const oddOfTwo = twice(sub(x3, x1));
  v128.store(to, add(times(4, sub(x0, x2)), evenOfTwo));
  v128.store(to + toBytes, add(even, odd));
  v128.store(to + 2 * toBytes, sub(even, odd));
  v128.store(to + 3 * toBytes, add(evenOfTwo, oddOfTwo));
  v128.store(to + 4 * toBytes, sub(evenOfTwo, oddOfTwo));
  v128.store(to + 5 * toBytes, add(times(4, sub(x1, x3)), sub(x5, x3)));
}

/** B. */
// @ts-ignore: decorator
@inline
function inputFromPoints3(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromBytes);
  const y2 = v128.load(from + 2 * fromBytes);
  const y3 = v128.load(from + 3 * fromBytes);
  const y4 = v128.load(from + 4 * fromBytes);
  const y5 = v128.load(from + 5 * fromBytes);
  const even = add(y1, y2);
  const odd = sub(y1, y2);
  const evenOfTwo = add(y3, y4);
  const oddOfTwo = twice(sub(y3, y4));
  const first = times(4, y0);
  const last = times(4, y5);
  v128.store(to, first);
  v128.store(to + toBytes, sub(sub(last, times(4, odd)), oddOfTwo));
  v128.store(to + 2 * toBytes, sub(sub(sub(times(-4, even), first), y0), evenOfTwo));
  v128.store(to + 3 * toBytes, sub(add(odd, oddOfTwo), add(last, y5)));
  v128.store(to + 4 * toBytes, add(add(y0, even), evenOfTwo));
  v128.store(to + 5 * toBytes, y5);
}

/** A = [1 0 0 0; 1 1 1 1; 1 −1 1 −1; 1 2 4 8; 1 −2 4 −8; 0 0 0 1]. */
// @ts-ignore: decorator
@inline
function tileToPoints3(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const a0 = v128.load(from);
  const a1 = v128.load(from + fromBytes);
  const a2 = v128.load(from + 2 * fromBytes);
  const a3 = v128.load(from + 3 * fromBytes);
  const even = add(a0, a2);
  const odd = add(a1, a3);
  const evenOfTwo = add(a0, times(4, a2));
  const oddOfTwo = twice(add(a1, times(4, a3)));
  v128.store(to, a0);
  v128.store(to + toBytes, add(even, odd));
  v128.store(to + 2 * toBytes, sub(even, odd));
  v128.store(to + 3 * toBytes, add(evenOfTwo, oddOfTwo));
  v128.store(to + 4 * toBytes, sub(evenOfTwo, oddOfTwo));
  v128.store(to + 5 * toBytes, a3);
}

/** Aᵀ. */
// @ts-ignore: decorator
@inline
function tileFromPoints3(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromBytes);
  const y2 = v128.load(from + 2 * fromBytes);
  const y3 = v128.load(from + 3 * fromBytes);
  const y4 = v128.load(from + 4 * fromBytes);
  const y5 = v128.load(from + 5 * fromBytes);
  const even = add(y1, y2);
  const odd = sub(y1, y2);
  const evenOfTwo = add(y3, y4);
  const oddOfTwo = twice(sub(y3, y4));
  v128.store(to, add(add(y0, even), evenOfTwo));
  v128.store(to + toBytes, add(odd, oddOfTwo));
  v128.store(to + 2 * toBytes, add(even, times(4, evenOfTwo)));
  v128.store(to + 3 * toBytes, add(add(odd, times(4, oddOfTwo)), y5));
}

/** G = [1/4 0 0; −1/6 −1/6 −1/6; −1/6 1/6 −1/6; 1/24 1/12 1/6; 1/24 −1/12 1/6; 0 0 1]. */
// @ts-ignore: decorator
@inline
function tapsToPoints3(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const w0 = v128.load(from);
  const w1 = v128.load(from + fromBytes);
  const w2 = v128.load(from + 2 * fromBytes);
  const even = add(w0, w2);
  const evenOfTwo = add(times(1.0 / 24.0, w0), times(1.0 / 6.0, w2));
  const oddOfTwo = times(1.0 / 12.0, w1);
  v128.store(to, times(0.25, w0));
  v128.store(to + toBytes, times(-1.0 / 6.0, add(even, w1)));
  v128.store(to + 2 * toBytes, times(-1.0 / 6.0, sub(even, w1)));
  v128.store(to + 3 * toBytes, add(evenOfTwo, oddOfTwo));
  v128.store(to + 4 * toBytes, sub(evenOfTwo, oddOfTwo));
  v128.store(to + 5 * toBytes, w2);
}

/** Gᵀ. */
// @ts-ignore: decorator
@inline
function tapsFromPoints3(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromBytes);
  const y2 = v128.load(from + 2 * fromBytes);
  const y3 = v128.load(from + 3 * fromBytes);
  const y4 = v128.load(from + 4 * fromBytes);
  const y5 = v128.load(from + 5 * fromBytes);
  const even = times(1.0 / 6.0, add(y1, y2));
  const evenOfTwo = times(1.0 / 24.0, add(y3, y4));
  const oddOfTwo = times(1.0 / 12.0, sub(y3, y4));
  v128.store(to, sub(add(times(0.25, y0), evenOfTwo), even));
  v128.store(to + toBytes, add(times(1.0 / 6.0, sub(y2, y1)), oddOfTwo));
  v128.store(to + 2 * toBytes, add(sub(times(4, evenOfTwo), even), y5));
}
