// Transcendental functions of four numbers at once.
import { multiplyAdd } from "./command";

const LARGEST_EXPONENT: f32 = 88.3762626647949;
const SMALLEST_EXPONENT: f32 = -87.3365447504019;
const BINARY_LOGARITHM_OF_E: f32 = 1.4426950408889634;

/** e^x to about one unit in the last place; zero below −87.3 and infinity above 88.3, where float32 nears its ends. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const held = f32x4.max(f32x4.min(x, f32x4.splat(LARGEST_EXPONENT)), f32x4.splat(SMALLEST_EXPONENT));
  const n = f32x4.nearest(f32x4.mul(held, f32x4.splat(BINARY_LOGARITHM_OF_E)));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  const result = f32x4.mul(exponentialSeries(held, n), power);
  const tooSmall = f32x4.lt(x, f32x4.splat(SMALLEST_EXPONENT));
  const tooLarge = f32x4.gt(x, f32x4.splat(LARGEST_EXPONENT));
  const bounded = v128.bitselect(f32x4.splat(Infinity), v128.andnot(result, tooSmall), tooLarge);
  return v128.bitselect(x, bounded, f32x4.ne(x, x));
}

/** e^(x − n · ln 2), where n is the nearest whole number to x / ln 2. */
// @ts-ignore: decorator
@inline
function exponentialSeries(x: v128, n: v128): v128 {
  // ln 2 is in two parts so that r keeps its digits.
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693145751953125)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(1.42860682030941723212e-6)));
  // Taylor's series to r⁷: |r| ≤ 0.347, so the first term left out is below 6e-9.
  let p = multiplyAdd(r, f32x4.splat(1.0 / 5040.0), f32x4.splat(1.0 / 720.0));
  p = multiplyAdd(p, r, f32x4.splat(1.0 / 120.0));
  p = multiplyAdd(p, r, f32x4.splat(1.0 / 24.0));
  p = multiplyAdd(p, r, f32x4.splat(1.0 / 6.0));
  p = multiplyAdd(p, r, f32x4.splat(0.5));
  p = multiplyAdd(p, r, f32x4.splat(1));
  return multiplyAdd(p, r, f32x4.splat(1));
}

/** The logistic function 1 / (1 + e^−x). */
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** Beyond it tanh x rounds to one. */
const LARGEST_TANGENT: f32 = 9.02;
/** A float32 whose lowest bits count ones: what is added to it is rounded to a whole number, which stands there. */
const ROUNDER: f32 = 12582912;

/**
 * tanh x: an odd polynomial near zero, where the quotient of exponentials loses digits, and the quotient elsewhere. They are
 * of numbers between −18.04 and 0, which needs none of the care that `exponential` takes at float32's ends.
 */
export function hyperbolicTangent(x: v128): v128 {
  const one = f32x4.splat(1);
  const size = f32x4.abs(x);
  // In this order pmin hands on what is not a number.
  const exponent = f32x4.mul(f32x4.pmin(size, f32x4.splat(LARGEST_TANGENT)), f32x4.splat(-2));
  const rounded = multiplyAdd(exponent, f32x4.splat(BINARY_LOGARITHM_OF_E), f32x4.splat(ROUNDER));
  const power = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
  const e = f32x4.mul(exponentialSeries(exponent, f32x4.sub(rounded, f32x4.splat(ROUNDER))), power);
  const quotient = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const square = f32x4.mul(x, x);
  let p = tangentSeries(square);
  p = multiplyAdd(f32x4.mul(p, square), size, size);
  const near = f32x4.lt(size, f32x4.splat(0.55));
  const value = v128.bitselect(p, quotient, near);
  return v128.or(value, v128.and(x, f32x4.splat(-0.0)));
}

const TANGENT_1: f32 = -0.333333320079777;
const TANGENT_2: f32 = 0.13333113729036394;
const TANGENT_3: f32 = -0.05390942882830425;
const TANGENT_4: f32 = 0.021309388665729612;
const TANGENT_5: f32 = -0.006610227830872137;

/** (tanh x − x) / x³ as a polynomial in x², fitted to |x| ≤ 0.55 with a relative error of tanh below 2e-8. */
// @ts-ignore: decorator
@inline
function tangentSeries(square: v128): v128 {
  let p = multiplyAdd(square, f32x4.splat(TANGENT_5), f32x4.splat(TANGENT_4));
  p = multiplyAdd(p, square, f32x4.splat(TANGENT_3));
  p = multiplyAdd(p, square, f32x4.splat(TANGENT_2));
  p = multiplyAdd(p, square, f32x4.splat(TANGENT_1));
  return p;
}
