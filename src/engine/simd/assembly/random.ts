// Random numbers by key, the same as those of src/shared/random.ts: uniform and normal ones, and dropout.
import { UNIFORM } from "../opcodes";
import { address, fraction, integer } from "./command";

// The hash's words of the four groups at hand: lane i of each belongs to group i. Every thread has globals of its own.
let word0: v128 = i32x4.splat(0);
let word1: v128 = i32x4.splat(0);
let word2: v128 = i32x4.splat(0);
let word3: v128 = i32x4.splat(0);

// @ts-ignore: decorator
@inline
function begin(word: v128): v128 {
  return i32x4.add(i32x4.mul(word, i32x4.splat(1664525)), i32x4.splat(1013904223));
}

// @ts-ignore: decorator
@inline
function fold(word: v128): v128 {
  return v128.xor(word, i32x4.shr_u(word, 16));
}

/** pcg4d of four counters from `group` on; each makes four numbers. See src/shared/random.ts. */
function hashFour(seed: i32, stream: i32, draw: i32, group: i32): void {
  let x = begin(i32x4.splat(seed));
  let y = begin(i32x4.splat(stream));
  let z = begin(i32x4.splat(draw));
  let w = begin(i32x4.add(i32x4.splat(group), i32x4(0, 1, 2, 3)));
  for (let round = 0; ; round++) {
    x = i32x4.add(x, i32x4.mul(y, w));
    y = i32x4.add(y, i32x4.mul(z, x));
    z = i32x4.add(z, i32x4.mul(x, y));
    w = i32x4.add(w, i32x4.mul(y, z));
    if (round == 1) break;
    x = fold(x);
    y = fold(y);
    z = fold(z);
    w = fold(w);
  }
  // Numbers have 24 bits, so that they are exact in float32.
  word0 = i32x4.shr_u(x, 8);
  word1 = i32x4.shr_u(y, 8);
  word2 = i32x4.shr_u(z, 8);
  word3 = i32x4.shr_u(w, 8);
}

/** The four words of one group, in their order. */
// @ts-ignore: decorator
@inline
function wordsOf(group: i32): v128 {
  if (group < 2) {
    const low = v128.shuffle<i32>(word0, word1, 0, 4, 1, 5);
    const high = v128.shuffle<i32>(word2, word3, 0, 4, 1, 5);
    return group == 0 ? v128.shuffle<i32>(low, high, 0, 1, 4, 5) : v128.shuffle<i32>(low, high, 2, 3, 6, 7);
  }
  const low = v128.shuffle<i32>(word0, word1, 2, 6, 3, 7);
  const high = v128.shuffle<i32>(word2, word3, 2, 6, 3, 7);
  return group == 2 ? v128.shuffle<i32>(low, high, 0, 1, 4, 5) : v128.shuffle<i32>(low, high, 2, 3, 6, 7);
}

/**
 * Numbers of a stream. Integers: seed, stream, draw, distribution, out, count, numbers a task (a multiple of 16). `out` has
 * room for whole groups of sixteen.
 */
export function draw(command: usize, task: i32): void {
  const distribution = integer(command, 3);
  const count = integer(command, 5);
  const perTask = integer(command, 6);
  const first = task * perTask;
  const end = min(count, first + perTask);
  const unit = f32x4.splat(1.0 / 16777216.0);
  for (let number = first; number < end; number += 16) {
    hashFour(integer(command, 0), integer(command, 1), integer(command, 2), number >> 2);
    const out = address(command, 4) + (<usize>number << 2);
    for (let group = 0; group < 4; group++) {
      const words = wordsOf(group);
      const numbers = distribution == UNIFORM ? f32x4.mul(f32x4.convert_i32x4_u(words), unit) : normalOf(words);
      v128.store(out + (<usize>group << 4), numbers);
    }
  }
}

/** Two pairs of normal numbers by Box and Muller's transform, in float64 as the host makes them. */
function normalOf(words: v128): v128 {
  const scale = f64x2.splat(1.0 / 16777216.0);
  const radiusWords = v128.shuffle<i32>(words, words, 0, 2, 0, 2);
  const angleWords = v128.shuffle<i32>(words, words, 1, 3, 1, 3);
  // 1 − u lies in (0, 1], so the logarithm is finite.
  const u = f64x2.sub(f64x2.splat(1), f64x2.mul(f64x2.convert_low_i32x4_u(radiusWords), scale));
  const radius = f64x2.sqrt(f64x2.mul(f64x2.splat(-2), logarithm(u)));
  const turn = f64x2.mul(f64x2.convert_low_i32x4_u(angleWords), scale);
  const quarter = f64x2.nearest(f64x2.mul(turn, f64x2.splat(4)));
  const angle = f64x2.mul(f64x2.sub(turn, f64x2.mul(quarter, f64x2.splat(0.25))), f64x2.splat(6.283185307179586));
  const square = f64x2.mul(angle, angle);
  const c = cosineSeries(square);
  const s = f64x2.mul(angle, sineSeries(square));
  // After an odd number of quarter turns sine and cosine change places; the sign of each changes every other quarter.
  const quarters = i32x4.trunc_sat_f64x2_u_zero(quarter);
  const turns = v128.shuffle<i32>(quarters, quarters, 0, 0, 1, 1);
  const isOdd = i32x4.shr_s(i32x4.shl(turns, 31), 31);
  const negative = f64x2.splat(-0.0);
  const cosineSign = v128.and(i64x2.shl(i64x2.extend_low_i32x4_u(i32x4.add(quarters, i32x4.splat(1))), 62), negative);
  const sineSign = v128.and(i64x2.shl(i64x2.extend_low_i32x4_u(quarters), 62), negative);
  const x = f64x2.mul(radius, v128.xor(v128.bitselect(s, c, isOdd), cosineSign));
  const y = f64x2.mul(radius, v128.xor(v128.bitselect(c, s, isOdd), sineSign));
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(x), f32x4.demote_f64x2_zero(y), 0, 4, 1, 5);
}

/** The natural logarithm of numbers in (0, 1] that are not denormal, to about 1e-15. */
export function logarithm(x: v128): v128 {
  // x = m · 2^e with m in [√½, √2): the bits above those of √½ are the exponent's.
  const shifted = i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd));
  const e = i64x2.shr_s(shifted, 52);
  const m = i64x2.sub(x, i64x2.shl(e, 52));
  const one = f64x2.splat(1);
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const q = f64x2.mul(s, s);
  // 2 · artanh s; |s| ≤ 0.1716, so the first term left out is below 1e-15.
  let p = f64x2.splat(1.0 / 17.0);
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 15.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 13.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 11.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 9.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 7.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 5.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 3.0));
  p = f64x2.add(f64x2.mul(p, q), one);
  const exponents = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(e, e, 0, 2, 0, 2));
  return f64x2.add(f64x2.mul(exponents, f64x2.splat(0.6931471805599453)), f64x2.mul(f64x2.add(s, s), p));
}

/** cos x as a series in x², for |x| ≤ π/4: the first term left out is below 1e-15. */
// @ts-ignore: decorator
@inline
function cosineSeries(q: v128): v128 {
  let p = f64x2.splat(-1.0 / 87178291200.0);
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 479001600.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(-1.0 / 3628800.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 40320.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(-1.0 / 720.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 24.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(-0.5));
  return f64x2.add(f64x2.mul(p, q), f64x2.splat(1));
}

/** sin x / x as a series in x², likewise. */
// @ts-ignore: decorator
@inline
function sineSeries(q: v128): v128 {
  let p = f64x2.splat(1.0 / 6227020800.0);
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(-1.0 / 39916800.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 362880.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(-1.0 / 5040.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 120.0));
  p = f64x2.add(f64x2.mul(p, q), f64x2.splat(-1.0 / 6.0));
  return f64x2.add(f64x2.mul(p, q), f64x2.splat(1));
}

/**
 * out = x · scale where the mask's number is at or above the rate, else 0. Integers: seed, stream, draw, x, out, count,
 * numbers a task (a multiple of 16), rate · 2²⁴ rounded up. Fractions: scale.
 */
export function dropout(command: usize, task: i32): void {
  const count = integer(command, 5);
  const perTask = integer(command, 6);
  const first = task * perTask;
  const end = min(count, first + perTask);
  const rate = i32x4.splat(integer(command, 7));
  const scale = f32x4.splat(fraction(command, 0));
  for (let number = first; number < end; number += 16) {
    hashFour(integer(command, 0), integer(command, 1), integer(command, 2), number >> 2);
    for (let group = 0; group < 4; group++) {
      const offset = <usize>(number + 4 * group) << 2;
      const mask = v128.and(scale, i32x4.ge_s(wordsOf(group), rate));
      const numbers = f32x4.mul(v128.load(address(command, 3) + offset), mask);
      storeFirst(address(command, 4) + offset, numbers, end - number - 4 * group);
    }
  }
}

/** Stores the first `count` of four numbers: none, some or all. */
// @ts-ignore: decorator
@inline
function storeFirst(to: usize, numbers: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, numbers);
    return;
  }
  if (count > 0) store<f32>(to, f32x4.extract_lane(numbers, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(numbers, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(numbers, 2), 8);
}
