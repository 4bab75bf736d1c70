// The adversarial losses of groups of logits, their scores and slopes; and the norm of gradients.
import { CROSS_ENTROPY, HINGE, SQUARED_DISTANCE } from "../opcodes";
import { address, fraction, integer } from "./command";
import { exponential } from "./functions";

/**
 * Integers: logits [groups, batch], loss, scores [groups], slopes [groups, batch], batch, groups, then a term for each
 * group. Fractions: target and weight of each group. One task.
 */
export function judge(command: usize): void {
  const batch = integer(command, 4);
  const groups = integer(command, 5);
  let loss: f64 = 0;
  for (let group = 0; group < groups; group++) {
    const term = integer(command, 6 + group);
    const target = <f64>fraction(command, 2 * group);
    const weight = <f64>fraction(command, 2 * group + 1);
    const offset = <usize>(group * batch) << 2;
    let cost: f64 = 0;
    let belief: f64 = 0;
    for (let row = 0; row < batch; row++) {
      const at = offset + (<usize>row << 2);
      const logit = <f64>load<f32>(address(command, 0) + at);
      // e^−|l|, so that nothing overflows.
      const e = <f64>f32x4.extract_lane(exponential(f32x4.splat(<f32>-abs(logit))), 0);
      const score = (logit < 0 ? e : 1.0) / (1.0 + e);
      cost += costOf(term, logit, target, e);
      belief += score;
      store<f32>(address(command, 3) + at, <f32>(slopeOf(term, logit, target, score) * (weight / <f64>batch)));
    }
    loss += (cost * weight) / <f64>batch;
    store<f32>(address(command, 2) + (<usize>group << 2), <f32>(belief / <f64>batch));
  }
  store<f32>(address(command, 1), <f32>loss);
}

function costOf(term: i32, logit: f64, target: f64, e: f64): f64 {
  if (term == CROSS_ENTROPY) return max(logit, 0) + logOnePlus(e) - target * logit;
  if (term == SQUARED_DISTANCE) return 0.5 * (logit - target) * (logit - target);
  // Written so that a logit that is no number stays visible.
  if (term == HINGE) return 1 - target * logit <= 0 ? 0 : 1 - target * logit;
  return target * logit;
}

function slopeOf(term: i32, logit: f64, target: f64, score: f64): f64 {
  if (term == CROSS_ENTROPY) return score - target;
  if (term == SQUARED_DISTANCE) return logit - target;
  if (term == HINGE) return target * logit < 1 ? -target : 0;
  return target;
}

/** log(1 + e) for e in [0, 1], as 2 · artanh(e / (2 + e)); the first term left out is below 1e-10. */
function logOnePlus(e: f64): f64 {
  const s = e / (2 + e);
  const q = s * s;
  let p: f64 = 1.0 / 17.0;
  p = p * q + 1.0 / 15.0;
  p = p * q + 1.0 / 13.0;
  p = p * q + 1.0 / 11.0;
  p = p * q + 1.0 / 9.0;
  p = p * q + 1.0 / 7.0;
  p = p * q + 1.0 / 5.0;
  p = p * q + 1.0 / 3.0;
  p = p * q + 1;
  return 2 * s * p;
}

/**
 * Each task's share of Σ g² over several gradients. Integers: sums [tasks], tasks, whether the sums begin at zero, number
 * of gradients, then address and count of each.
 */
export function sumSquares(command: usize, task: i32): void {
  const tasks = integer(command, 1);
  const sums = address(command, 0) + (<usize>task << 3);
  let sum = integer(command, 2) != 0 ? <f64>0 : load<f64>(sums);
  for (let gradient = 0; gradient < integer(command, 3); gradient++) {
    const count = integer(command, 5 + 2 * gradient);
    const perTask = (((count + tasks - 1) / tasks) + 3) & ~3;
    const first = min(count, task * perTask);
    const run = min(perTask, count - first);
    sum += squaresOf(address(command, 4 + 2 * gradient) + (<usize>first << 2), run);
  }
  store<f64>(sums, sum);
}

/** Σ g² over a run, in sixteen lanes. */
function squaresOf(from: usize, count: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  let rest = count;
  for (; rest >= 16; rest -= 16) {
    a = addSquares(a, v128.load64_zero(from));
    b = addSquares(b, v128.load64_zero(from, 8));
    c = addSquares(c, v128.load64_zero(from, 16));
    d = addSquares(d, v128.load64_zero(from, 24));
    e = addSquares(e, v128.load64_zero(from, 32));
    f = addSquares(f, v128.load64_zero(from, 40));
    g = addSquares(g, v128.load64_zero(from, 48));
    h = addSquares(h, v128.load64_zero(from, 56));
    from += 64;
  }
  for (; rest > 0; rest--) {
    a = addSquares(a, v128.load32_zero(from));
    from += 4;
  }
  a = f64x2.add(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)), f64x2.add(f64x2.add(e, f), f64x2.add(g, h)));
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** Adds the squares of the lower two of four numbers to sums in float64. */
// @ts-ignore: decorator
@inline
function addSquares(sums: v128, numbers: v128): v128 {
  const both = f64x2.promote_low_f32x4(numbers);
  if (RELAXED) return f64x2.relaxed_madd(both, both, sums);
  return f64x2.add(sums, f64x2.mul(both, both));
}

/** √ of the sum of the parts that `sumSquares` left. Integers: sums, how many, out. One task. */
export function normOfParts(command: usize): void {
  let sum: f64 = 0;
  for (let part = 0; part < integer(command, 1); part++) sum += load<f64>(address(command, 0) + (<usize>part << 3));
  store<f32>(address(command, 2), <f32>sqrt<f64>(sum));
}
