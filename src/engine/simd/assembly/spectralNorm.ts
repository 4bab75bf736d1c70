// One step of power iteration on a kernel [outer, outputs, inner], with v over outer and inner, and u over outputs.
import { address, fraction, integer } from "./command";

/**
 * v ← Wᵀu / ‖Wᵀu‖, then u ← Wv / ‖Wv‖, in place. Integers: kernel, u, v, outer, outputs, inner. Fractions: the length below
 * which a vector is not stretched. One task.
 */
export function iteratePower(command: usize): void {
  const kernel = address(command, 0);
  const u = address(command, 1);
  const v = address(command, 2);
  const outer = integer(command, 3);
  const outputs = integer(command, 4);
  const inner = integer(command, 5);
  const shortest = fraction(command, 0);
  const rowBytes = <usize>inner << 2;
  memory.fill(v, 0, <usize>outer * rowBytes);
  for (let place = 0; place < outer; place++) {
    const block = kernel + <usize>(place * outputs) * rowBytes;
    const target = v + <usize>place * rowBytes;
    if (inner == 1) store<f32>(target, dot(block, u, outputs));
    else for (let output = 0; output < outputs; output++) addScaled(target, block + <usize>output * rowBytes, at(u, output), inner);
  }
  stretch(v, outer * inner, shortest);
  memory.fill(u, 0, <usize>outputs << 2);
  for (let place = 0; place < outer; place++) {
    const block = kernel + <usize>(place * outputs) * rowBytes;
    const source = v + <usize>place * rowBytes;
    if (inner == 1) addScaled(u, block, load<f32>(source), outputs);
    else {
      for (let output = 0; output < outputs; output++) {
        const sum = at(u, output) + dot(block + <usize>output * rowBytes, source, inner);
        store<f32>(u + (<usize>output << 2), sum);
      }
    }
  }
  stretch(u, outputs, shortest);
}

// @ts-ignore: decorator
@inline
function at(x: usize, index: i32): f32 {
  return load<f32>(x + (<usize>index << 2));
}

function dot(a: usize, b: usize, count: i32): f32 {
  let sums = f32x4.splat(0);
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    const offset = <usize>index << 2;
    sums = f32x4.add(sums, f32x4.mul(v128.load(a + offset), v128.load(b + offset)));
  }
  let total =
    f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  for (; index < count; index++) total += at(a, index) * at(b, index);
  return total;
}

/** y ← y + scale · x. */
function addScaled(y: usize, x: usize, scale: f32, count: i32): void {
  const scales = f32x4.splat(scale);
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    const offset = <usize>index << 2;
    v128.store(y + offset, f32x4.add(v128.load(y + offset), f32x4.mul(v128.load(x + offset), scales)));
  }
  for (; index < count; index++) {
    store<f32>(y + (<usize>index << 2), at(y, index) + at(x, index) * scale);
  }
}

/** Makes a vector one of length one. */
function stretch(x: usize, count: i32, shortest: f32): void {
  const scale: f32 = <f32>1 / max(sqrt(dot(x, x, count)), shortest);
  for (let index = 0; index < count; index++) store<f32>(x + (<usize>index << 2), at(x, index) * scale);
}
