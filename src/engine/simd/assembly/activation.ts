// Activations at the end of a layer, in place, and gradients through them by the activation's output.
import { LEAKY_RELU, LINEAR, RELU, SIGMOID, TANH } from "../opcodes";
import { address, fraction, integer } from "./command";
import { hyperbolicTangent, sigmoid } from "./functions";

// Kinds as types: each makes a loop of its own at compile time.
class Relu {}
class LeakyRelu {}
class Tanh {}
class Sigmoid {}

/** Applies an activation to `count` numbers at the beginning of each of several rows. */
export function activateRows(kind: i32, alpha: f32, at: usize, rowBytes: usize, rows: i32, count: i32): void {
  if (kind == LINEAR) return;
  for (let row = 0; row < rows; row++) activateRun(kind, alpha, at + <usize>row * rowBytes, count);
}

/** Applies an activation to a run of numbers. */
export function activateRun(kind: i32, alpha: f32, at: usize, count: i32): void {
  switch (kind) {
    case LINEAR:
      return;
    case RELU:
      return activateLoop<Relu>(alpha, at, count);
    case LEAKY_RELU:
      return activateLoop<LeakyRelu>(alpha, at, count);
    case TANH:
      return activateLoop<Tanh>(alpha, at, count);
    case SIGMOID:
      return activateLoop<Sigmoid>(alpha, at, count);
    default:
      unreachable();
  }
}

// @ts-ignore: decorator
@inline
function activated<Kind>(x: v128, alpha: v128): v128 {
  const zero = f32x4.splat(0);
  if (idof<Kind>() == idof<Relu>()) return f32x4.max(x, zero);
  if (idof<Kind>() == idof<LeakyRelu>()) return v128.bitselect(f32x4.mul(x, alpha), x, f32x4.lt(x, zero));
  if (idof<Kind>() == idof<Tanh>()) return hyperbolicTangent(x);
  return sigmoid(x);
}

function activateLoop<Kind>(slope: f32, from: usize, count: i32): void {
  const alpha = f32x4.splat(slope);
  let at = from;
  let rest = count;
  for (; rest >= 4; rest -= 4) {
    v128.store(at, activated<Kind>(v128.load(at), alpha));
    at += 16;
  }
  for (; rest > 0; rest--) {
    store<f32>(at, f32x4.extract_lane(activated<Kind>(v128.load32_zero(at), alpha), 0));
    at += 4;
  }
}

/**
 * The gradient by an activation's input, from that by its output. Integers: kind, gradient by the output, output, out,
 * count, numbers a task. Fractions: alpha.
 */
export function through(command: usize, task: i32): void {
  const perTask = integer(command, 5);
  const start = task * perTask;
  const offset = <usize>start << 2;
  throughRun(
    integer(command, 0),
    fraction(command, 0),
    address(command, 1) + offset,
    address(command, 2) + offset,
    address(command, 3) + offset,
    min(perTask, integer(command, 4) - start),
  );
}

/** The same for one run of numbers. */
export function throughRun(kind: i32, alpha: f32, dy: usize, y: usize, out: usize, count: i32): void {
  switch (kind) {
    case LINEAR:
      memory.copy(out, dy, <usize>count << 2);
      return;
    case RELU:
      return throughLoop<Relu>(alpha, dy, y, out, count);
    case LEAKY_RELU:
      return throughLoop<LeakyRelu>(alpha, dy, y, out, count);
    case TANH:
      return throughLoop<Tanh>(alpha, dy, y, out, count);
    case SIGMOID:
      return throughLoop<Sigmoid>(alpha, dy, y, out, count);
    default:
      unreachable();
  }
}

// @ts-ignore: decorator
@inline
function backward<Kind>(dy: v128, y: v128, alpha: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (idof<Kind>() == idof<Relu>()) return v128.and(dy, f32x4.gt(y, zero));
  if (idof<Kind>() == idof<LeakyRelu>()) return v128.bitselect(dy, f32x4.mul(dy, alpha), f32x4.gt(y, zero));
  if (idof<Kind>() == idof<Tanh>()) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y)));
  return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(one, y)));
}

function throughLoop<Kind>(slope: f32, dy: usize, y: usize, out: usize, count: i32): void {
  const alpha = f32x4.splat(slope);
  let rest = count;
  for (; rest >= 4; rest -= 4) {
    v128.store(out, backward<Kind>(v128.load(dy), v128.load(y), alpha));
    dy += 16;
    y += 16;
    out += 16;
  }
  for (; rest > 0; rest--) {
    store<f32>(out, f32x4.extract_lane(backward<Kind>(v128.load32_zero(dy), v128.load32_zero(y), alpha), 0));
    dy += 4;
    y += 4;
    out += 4;
  }
}
