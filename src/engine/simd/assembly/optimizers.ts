// The optimisers' updates, in place. Every array is padded to a multiple of four numbers, so the last store may run over.
import { address, fraction, integer } from "./command";

/**
 * Adam. Integers: p, m, v, g, count, numbers a task. Fractions: learningRate, beta1, 1 − beta1, beta2, 1 − beta2, epsilon,
 * and what m and v are multiplied by to undo their start at zero.
 */
export function adam(command: usize, task: i32): void {
  const perTask = integer(command, 5);
  const start = task * perTask;
  const end = (<usize>min(integer(command, 4), start + perTask)) << 2;
  const p = address(command, 0);
  const m = address(command, 1);
  const v = address(command, 2);
  const g = address(command, 3);
  const rate = f32x4.splat(fraction(command, 0));
  const keepFirst = f32x4.splat(fraction(command, 1));
  const takeFirst = f32x4.splat(fraction(command, 2));
  const keepSecond = f32x4.splat(fraction(command, 3));
  const takeSecond = f32x4.splat(fraction(command, 4));
  const epsilon = f32x4.splat(fraction(command, 5));
  const scaleFirst = f32x4.splat(fraction(command, 6));
  const scaleSecond = f32x4.splat(fraction(command, 7));
  for (let block = (<usize>start) << 2; block < end; block += OWNED_BYTES) {
    const blockEnd = min(end, block + OWNED_BYTES);
    own(p + block, p + blockEnd);
    for (let at = block; at < blockEnd; at += 16) {
      const gradient = v128.load(g + at);
      const first = f32x4.add(f32x4.mul(v128.load(m + at), keepFirst), f32x4.mul(gradient, takeFirst));
      const square = f32x4.mul(gradient, gradient);
      const second = f32x4.add(f32x4.mul(v128.load(v + at), keepSecond), f32x4.mul(square, takeSecond));
      v128.store(m + at, first);
      v128.store(v + at, second);
      const scale = f32x4.add(f32x4.sqrt(f32x4.mul(second, scaleSecond)), epsilon);
      const change = f32x4.mul(rate, f32x4.div(f32x4.mul(first, scaleFirst), scale));
      v128.store(p + at, f32x4.sub(v128.load(p + at), change));
    }
  }
}

/** So much of a parameter is made ready at once that it is still near the processor when it is updated. */
const OWNED_BYTES: usize = 8192;

/**
 * Makes the cache lines from `from` to `end` this processor's own, by writing what stands there. Other threads have read the
 * parameter, so each line must be taken from their caches before it can be written: that takes long, and the processor waits
 * for many lines at once only where nothing else is stored between them.
 */
function own(from: usize, end: usize): void {
  for (let line = from; line < end; line += CACHE_LINE) store<i32>(line, load<i32>(line));
}

const CACHE_LINE: usize = 64;

/** RMSProp. Integers: p, v, g, count, numbers a task. Fractions: learningRate, decay, 1 − decay, epsilon. */
export function rmsprop(command: usize, task: i32): void {
  const perTask = integer(command, 4);
  const start = task * perTask;
  const end = (<usize>min(integer(command, 3), start + perTask)) << 2;
  const p = address(command, 0);
  const v = address(command, 1);
  const g = address(command, 2);
  const rate = f32x4.splat(fraction(command, 0));
  const keep = f32x4.splat(fraction(command, 1));
  const take = f32x4.splat(fraction(command, 2));
  const epsilon = f32x4.splat(fraction(command, 3));
  for (let at = (<usize>start) << 2; at < end; at += 16) {
    const gradient = v128.load(g + at);
    const square = f32x4.mul(gradient, gradient);
    const mean = f32x4.add(f32x4.mul(v128.load(v + at), keep), f32x4.mul(square, take));
    v128.store(v + at, mean);
    const change = f32x4.div(f32x4.mul(rate, gradient), f32x4.add(f32x4.sqrt(mean), epsilon));
    v128.store(p + at, f32x4.sub(v128.load(p + at), change));
  }
}

/** SGD with momentum. Integers: p, m, g, count, numbers a task. Fractions: learningRate, momentum. */
export function sgd(command: usize, task: i32): void {
  const perTask = integer(command, 4);
  const start = task * perTask;
  const end = (<usize>min(integer(command, 3), start + perTask)) << 2;
  const p = address(command, 0);
  const m = address(command, 1);
  const g = address(command, 2);
  const rate = f32x4.splat(fraction(command, 0));
  const momentum = f32x4.splat(fraction(command, 1));
  for (let at = (<usize>start) << 2; at < end; at += 16) {
    const velocity = f32x4.add(f32x4.mul(v128.load(m + at), momentum), v128.load(g + at));
    v128.store(m + at, velocity);
    v128.store(p + at, f32x4.sub(v128.load(p + at), f32x4.mul(rate, velocity)));
  }
}

/** SGD that looks a move ahead. Integers: p, m, g, count, numbers a task. Fractions: learningRate, momentum. */
export function nesterov(command: usize, task: i32): void {
  const perTask = integer(command, 4);
  const start = task * perTask;
  const end = (<usize>min(integer(command, 3), start + perTask)) << 2;
  const p = address(command, 0);
  const m = address(command, 1);
  const g = address(command, 2);
  const rate = f32x4.splat(fraction(command, 0));
  const momentum = f32x4.splat(fraction(command, 1));
  for (let at = (<usize>start) << 2; at < end; at += 16) {
    const gradient = v128.load(g + at);
    const velocity = f32x4.add(f32x4.mul(v128.load(m + at), momentum), gradient);
    v128.store(m + at, velocity);
    const move = f32x4.add(gradient, f32x4.mul(momentum, velocity));
    v128.store(p + at, f32x4.sub(v128.load(p + at), f32x4.mul(rate, move)));
  }
}

/** Lion without its decay. Integers: p, m, g, count, numbers a task. Fractions: learningRate, beta1, 1 − beta1, beta2, 1 − beta2. */
export function lion(command: usize, task: i32): void {
  const perTask = integer(command, 4);
  const start = task * perTask;
  const end = (<usize>min(integer(command, 3), start + perTask)) << 2;
  const p = address(command, 0);
  const m = address(command, 1);
  const g = address(command, 2);
  const rate = f32x4.splat(fraction(command, 0));
  const keepFirst = f32x4.splat(fraction(command, 1));
  const takeFirst = f32x4.splat(fraction(command, 2));
  const keepSecond = f32x4.splat(fraction(command, 3));
  const takeSecond = f32x4.splat(fraction(command, 4));
  const zero = f32x4.splat(0);
  for (let at = (<usize>start) << 2; at < end; at += 16) {
    const gradient = v128.load(g + at);
    const mean = v128.load(m + at);
    const direction = f32x4.add(f32x4.mul(mean, keepFirst), f32x4.mul(gradient, takeFirst));
    // The rate where the direction is above zero, less the rate where it is below: nothing at zero itself.
    const up = v128.and(f32x4.gt(direction, zero), rate);
    const down = v128.and(f32x4.lt(direction, zero), rate);
    v128.store(p + at, f32x4.sub(v128.load(p + at), f32x4.sub(up, down)));
    v128.store(m + at, f32x4.add(f32x4.mul(mean, keepSecond), f32x4.mul(gradient, takeSecond)));
  }
}

/** p ← keep · p + take · g. Integers: p, g, count, numbers a task. Fractions: keep, take. */
export function blend(command: usize, task: i32): void {
  const perTask = integer(command, 3);
  const start = task * perTask;
  const end = (<usize>min(integer(command, 2), start + perTask)) << 2;
  const p = address(command, 0);
  const g = address(command, 1);
  const keep = f32x4.splat(fraction(command, 0));
  const take = f32x4.splat(fraction(command, 1));
  for (let at = (<usize>start) << 2; at < end; at += 16) {
    v128.store(p + at, f32x4.add(f32x4.mul(v128.load(p + at), keep), f32x4.mul(v128.load(g + at), take)));
  }
}
