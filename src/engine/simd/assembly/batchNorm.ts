// Batch normalisation of x [batches, rows, channels], each batch by itself: sums by blocks of rows, then moments, then rows.
import { address, fraction, integer } from "./command";
import { activateRun, throughRun } from "./activation";

/**
 * Sums of x and of x², both less the batch's first row, so that a large mean does not drown the variance.
 * Integers: x, sums [batches, blocks, 2, channels], rows, channels, rows a block, blocks. A task is a block of a batch.
 */
export function batchNormSums(command: usize, task: i32): void {
  const rows = integer(command, 2);
  const channels = integer(command, 3);
  const perBlock = integer(command, 4);
  const blocks = integer(command, 5);
  const rowBytes = <usize>channels << 2;
  const batch = task / blocks;
  const first = (task % blocks) * perBlock;
  const last = min(rows, first + perBlock);
  const shift = address(command, 0) + <usize>(batch * rows) * rowBytes;
  const sums = address(command, 1) + <usize>(task * 2) * rowBytes;
  memory.fill(sums, 0, 2 * rowBytes);
  let x = shift + <usize>first * rowBytes;
  for (let row = first; row < last; row++) {
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const d = f32x4.sub(v128.load(x + at), v128.load(shift + at));
      v128.store(sums + at, f32x4.add(v128.load(sums + at), d));
      const squares = sums + rowBytes + at;
      v128.store(squares, f32x4.add(v128.load(squares), f32x4.mul(d, d)));
    }
    for (; at < rowBytes; at += 4) {
      const d = load<f32>(x + at) - load<f32>(shift + at);
      store<f32>(sums + at, load<f32>(sums + at) + d);
      store<f32>(sums + rowBytes + at, load<f32>(sums + rowBytes + at) + d * d);
    }
    x += rowBytes;
  }
}

/** The sum of one channel over the blocks of a batch; `place` is 0 for the first of the two sums, 1 for the second. */
// @ts-ignore: decorator
@inline
function total(sums: usize, batch: i32, blocks: i32, channels: i32, channel: i32, place: i32): f64 {
  let sum: f64 = 0;
  for (let block = 0; block < blocks; block++) {
    const row = (batch * blocks + block) * 2 + place;
    sum += <f64>load<f32>(sums + (<usize>(row * channels + channel) << 2));
  }
  return sum;
}

/**
 * Statistics [batches, 3, channels]: mean, 1 / deviation, gamma / deviation; and the running statistics, in place.
 * Integers: x, sums, rows, channels, batches, blocks, statistics, gamma, running mean, running variance (both 0 where there
 * are none).
 * Fractions: epsilon, what stays of the running statistics, weight of a mean, weight of a variance. One task.
 */
export function batchNormMoments(command: usize): void {
  const sums = address(command, 1);
  const rows = integer(command, 2);
  const channels = integer(command, 3);
  const batches = integer(command, 4);
  const blocks = integer(command, 5);
  for (let batch = 0; batch < batches; batch++) {
    const shift = address(command, 0) + (<usize>(batch * rows * channels) << 2);
    const statistics = address(command, 6) + (<usize>(batch * 3 * channels) << 2);
    for (let channel = 0; channel < channels; channel++) {
      const at = <usize>channel << 2;
      const distance = total(sums, batch, blocks, channels, channel, 0) / <f64>rows;
      const square = total(sums, batch, blocks, channels, channel, 1) / <f64>rows;
      const mean = <f64>load<f32>(shift + at) + distance;
      const variance = max<f64>(square - distance * distance, 0);
      const inverse = 1.0 / sqrt<f64>(variance + <f64>fraction(command, 0));
      store<f32>(statistics + at, <f32>mean);
      store<f32>(statistics + (<usize>channels << 2) + at, <f32>inverse);
      store<f32>(statistics + (<usize>channels << 3) + at, <f32>(inverse * <f64>load<f32>(address(command, 7) + at)));
      if (address(command, 8) == 0) continue;
      move(address(command, 8) + at, fraction(command, 1), fraction(command, 2), <f32>mean);
      move(address(command, 9) + at, fraction(command, 1), fraction(command, 3), <f32>variance);
    }
  }
}

// @ts-ignore: decorator
@inline
function move(running: usize, stays: f32, weight: f32, batch: f32): void {
  store<f32>(running, load<f32>(running) * stays + batch * weight);
}

/**
 * y = activation((x − mean) · scale + beta). Integers: x, y, rows a batch, channels, statistics, beta, rows in all, rows a
 * task, kind. Fractions: alpha.
 */
export function batchNormApply(command: usize, task: i32): void {
  const rows = integer(command, 2);
  const channels = integer(command, 3);
  const beta = address(command, 5);
  const first = task * integer(command, 7);
  const last = min(integer(command, 6), first + integer(command, 7));
  const rowBytes = <usize>channels << 2;
  const offset = <usize>first * rowBytes;
  let x = address(command, 0) + offset;
  let y = address(command, 1) + offset;
  for (let row = first; row < last; row++) {
    const mean = address(command, 4) + <usize>((row / rows) * 3) * rowBytes;
    const scale = mean + 2 * rowBytes;
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const centred = f32x4.sub(v128.load(x + at), v128.load(mean + at));
      v128.store(y + at, f32x4.add(f32x4.mul(centred, v128.load(scale + at)), v128.load(beta + at)));
    }
    for (; at < rowBytes; at += 4) {
      store<f32>(y + at, (load<f32>(x + at) - load<f32>(mean + at)) * load<f32>(scale + at) + load<f32>(beta + at));
    }
    activateRun(integer(command, 8), fraction(command, 0), y, channels);
    x += rowBytes;
    y += rowBytes;
  }
}

/**
 * dz, the gradient by the sum before the activation, and its sums and those of its product with the normalised x.
 * Integers: x, sums [batches, blocks, 2, channels], rows, channels, rows a block, blocks, statistics, dy, y, dz, kind.
 * Fractions: alpha. A task is a block of a batch.
 */
export function batchNormGradientSums(command: usize, task: i32): void {
  const rows = integer(command, 2);
  const channels = integer(command, 3);
  const perBlock = integer(command, 4);
  const blocks = integer(command, 5);
  const rowBytes = <usize>channels << 2;
  const batch = task / blocks;
  const first = (task % blocks) * perBlock;
  const last = min(rows, first + perBlock);
  const mean = address(command, 6) + <usize>(batch * 3) * rowBytes;
  const inverse = mean + rowBytes;
  const sums = address(command, 1) + <usize>(task * 2) * rowBytes;
  const offset = <usize>(batch * rows + first) * rowBytes;
  const count = max(0, last - first) * channels;
  let x = address(command, 0) + offset;
  let dz = address(command, 9) + offset;
  throughRun(integer(command, 10), fraction(command, 0), address(command, 7) + offset, address(command, 8) + offset, dz, count);
  memory.fill(sums, 0, 2 * rowBytes);
  for (let row = first; row < last; row++) {
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const d = v128.load(dz + at);
      const products = sums + rowBytes + at;
      const standardized = f32x4.mul(f32x4.sub(v128.load(x + at), v128.load(mean + at)), v128.load(inverse + at));
      v128.store(sums + at, f32x4.add(v128.load(sums + at), d));
      v128.store(products, f32x4.add(v128.load(products), f32x4.mul(d, standardized)));
    }
    for (; at < rowBytes; at += 4) {
      const d = load<f32>(dz + at);
      const products = sums + rowBytes + at;
      const standardized = (load<f32>(x + at) - load<f32>(mean + at)) * load<f32>(inverse + at);
      store<f32>(sums + at, load<f32>(sums + at) + d);
      store<f32>(products, load<f32>(products) + d * standardized);
    }
    x += rowBytes;
    dz += rowBytes;
  }
}

/**
 * The sums of every batch, as means [batches, 2, channels], and over all batches: the gradients by beta and gamma.
 * Integers: sums, means, batches, rows, channels, blocks, gradient by gamma, by beta. One task.
 */
export function batchNormGradientTotals(command: usize): void {
  const sums = address(command, 0);
  const batches = integer(command, 2);
  const rows = <f64>integer(command, 3);
  const channels = integer(command, 4);
  const blocks = integer(command, 5);
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2;
    let gamma: f64 = 0;
    let beta: f64 = 0;
    for (let batch = 0; batch < batches; batch++) {
      const means = address(command, 1) + (<usize>(batch * 2 * channels) << 2) + at;
      const first = total(sums, batch, blocks, channels, channel, 0);
      const second = total(sums, batch, blocks, channels, channel, 1);
      store<f32>(means, <f32>(first / rows));
      store<f32>(means + (<usize>channels << 2), <f32>(second / rows));
      beta += first;
      gamma += second;
    }
    store<f32>(address(command, 6) + at, <f32>gamma);
    store<f32>(address(command, 7) + at, <f32>beta);
  }
}

/**
 * dx = gamma / deviation · (dz − mean of dz − normalised x · mean of its product with dz). Integers: x, dz, dx, rows a
 * batch, channels, statistics, means, rows in all, rows a task.
 */
export function batchNormGradient(command: usize, task: i32): void {
  const rows = integer(command, 3);
  const channels = integer(command, 4);
  const first = task * integer(command, 8);
  const last = min(integer(command, 7), first + integer(command, 8));
  const rowBytes = <usize>channels << 2;
  const offset = <usize>first * rowBytes;
  let x = address(command, 0) + offset;
  let dz = address(command, 1) + offset;
  let dx = address(command, 2) + offset;
  for (let row = first; row < last; row++) {
    const batch = row / rows;
    const mean = address(command, 5) + <usize>(batch * 3) * rowBytes;
    const inverse = mean + rowBytes;
    const scale = inverse + rowBytes;
    const meanOfDz = address(command, 6) + <usize>(batch * 2) * rowBytes;
    const meanOfProduct = meanOfDz + rowBytes;
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const standardized = f32x4.mul(f32x4.sub(v128.load(x + at), v128.load(mean + at)), v128.load(inverse + at));
      const common = f32x4.add(v128.load(meanOfDz + at), f32x4.mul(standardized, v128.load(meanOfProduct + at)));
      v128.store(dx + at, f32x4.mul(v128.load(scale + at), f32x4.sub(v128.load(dz + at), common)));
    }
    for (; at < rowBytes; at += 4) {
      const standardized = (load<f32>(x + at) - load<f32>(mean + at)) * load<f32>(inverse + at);
      const common = load<f32>(meanOfDz + at) + standardized * load<f32>(meanOfProduct + at);
      store<f32>(dx + at, load<f32>(scale + at) * (load<f32>(dz + at) - common));
    }
    x += rowBytes;
    dz += rowBytes;
    dx += rowBytes;
  }
}
