// The classifier's loss over groups of logits, its accuracies and its slopes.
import { address, integer } from "./command";
import { exponential } from "./functions";
import { logarithm } from "./random";

/**
 * Integers: logits [groups, batch, classes], labels of the same shape, loss, accuracies [groups], slopes, batch, groups,
 * classes. One task.
 */
export function classify(command: usize): void {
  const batch = integer(command, 5);
  const groups = integer(command, 6);
  const classes = integer(command, 7);
  const rowBytes = <usize>classes << 2;
  let offset: usize = 0;
  let cost: f64 = 0;
  for (let group = 0; group < groups; group++) {
    let hits: f64 = 0;
    for (let row = 0; row < batch; row++) {
      const logits = address(command, 0) + offset;
      const labels = address(command, 1) + offset;
      const slopes = address(command, 4) + offset;
      const best = largest(logits, classes);
      const right = largest(labels, classes);
      const top = at(logits, best);
      let sum: f64 = 0;
      for (let k = 0; k < classes; k++) {
        const power = f32x4.extract_lane(exponential(f32x4.splat(at(logits, k) - top)), 0);
        store<f32>(slopes + (<usize>k << 2), power);
        sum += <f64>power;
      }
      for (let k = 0; k < classes; k++) {
        const slope = (<f64>at(slopes, k) / sum - <f64>at(labels, k)) / <f64>batch;
        store<f32>(slopes + (<usize>k << 2), <f32>slope);
      }
      // The sum is 1 at least, and the logarithm that there is wants numbers up to 1.
      cost += <f64>top - <f64>at(logits, right) - f64x2.extract_lane(logarithm(f64x2.splat(1.0 / sum)), 0);
      if (best == right) hits += 1;
      offset += rowBytes;
    }
    store<f32>(address(command, 3) + (<usize>group << 2), <f32>(hits / <f64>batch));
  }
  store<f32>(address(command, 2), <f32>(cost / <f64>batch));
}

/** The place of the largest of some numbers; the first, where several are. */
function largest(x: usize, count: i32): i32 {
  let best = 0;
  for (let index = 1; index < count; index++) if (at(x, index) > at(x, best)) best = index;
  return best;
}

// @ts-ignore: decorator
@inline
function at(x: usize, index: i32): f32 {
  return load<f32>(x + (<usize>index << 2));
}
