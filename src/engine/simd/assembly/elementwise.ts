// Operations that go number by number, with broadcasting for those of two operands.
import {
  ABSOLUTE,
  ADD,
  CLIP,
  COPY,
  DIVIDE,
  EXPONENTIAL,
  LEAKY_RELU,
  MAXIMUM,
  MINIMUM,
  MULTIPLY_ELEMENTS,
  NEGATE,
  RECIPROCAL,
  RECIPROCAL_SQUARE_ROOT,
  RELU,
  SIGMOID,
  SQUARE,
  SQUARE_ROOT,
  SQUARED_DIFFERENCE,
  STEP,
  SUBTRACT,
  TANH,
} from "../opcodes";
import { address, fraction, integer } from "./command";
import { exponential, hyperbolicTangent, sigmoid } from "./functions";

// Kinds as types: each makes a loop of its own at compile time. With kinds as values the optimiser folds all loops into
// one that computes every kind and then chooses.
class Add {}
class Subtract {}
class MultiplyElements {}
class Divide {}
class Maximum {}
class Minimum {}
class SquaredDifference {}
class Copy {}
class Relu {}
class Step {}
class Tanh {}
class Sigmoid {}
class Exponential {}
class SquareRoot {}
class ReciprocalSquareRoot {}
class Square {}
class Negate {}
class Absolute {}
class Reciprocal {}
class LeakyRelu {}
class Clip {}

/**
 * out = a ∘ b over four dimensions, the outer three of which are rows.
 * Integers: kind, a, b, out, the four dimensions, four strides of a, four of b (in numbers; the last is 0 or 1), rows a
 * task, columns a task.
 */
export function binary(command: usize, task: i32): void {
  switch (integer(command, 0)) {
    case ADD:
      return binaryRows<Add>(command, task);
    case SUBTRACT:
      return binaryRows<Subtract>(command, task);
    case MULTIPLY_ELEMENTS:
      return binaryRows<MultiplyElements>(command, task);
    case DIVIDE:
      return binaryRows<Divide>(command, task);
    case MAXIMUM:
      return binaryRows<Maximum>(command, task);
    case MINIMUM:
      return binaryRows<Minimum>(command, task);
    case SQUARED_DIFFERENCE:
      return binaryRows<SquaredDifference>(command, task);
    default:
      unreachable();
  }
}

// @ts-ignore: decorator
@inline
function combine<Kind>(a: v128, b: v128): v128 {
  if (idof<Kind>() == idof<Add>()) return f32x4.add(a, b);
  if (idof<Kind>() == idof<Subtract>()) return f32x4.sub(a, b);
  if (idof<Kind>() == idof<MultiplyElements>()) return f32x4.mul(a, b);
  if (idof<Kind>() == idof<Divide>()) return f32x4.div(a, b);
  if (idof<Kind>() == idof<Maximum>()) return f32x4.max(a, b);
  if (idof<Kind>() == idof<Minimum>()) return f32x4.min(a, b);
  const difference = f32x4.sub(a, b);
  return f32x4.mul(difference, difference);
}

function binaryRows<Kind>(command: usize, task: i32): void {
  const middle = integer(command, 5);
  const inner = integer(command, 6);
  const columns = integer(command, 7);
  const rows = integer(command, 4) * middle * inner;
  const aInner = integer(command, 11) != 0;
  const bInner = integer(command, 15) != 0;
  const rowsPerTask = integer(command, 16);
  const columnsPerTask = integer(command, 17);
  const columnTasks = (columns + columnsPerTask - 1) / columnsPerTask;
  const column = (task % columnTasks) * columnsPerTask;
  const count = min(columnsPerTask, columns - column);
  const firstRow = (task / columnTasks) * rowsPerTask;
  const lastRow = min(rows, firstRow + rowsPerTask);
  // Read once: the loop stores, so the compiler could not keep them.
  const aFirst = address(command, 1) + (<usize>(aInner ? column : 0) << 2);
  const bFirst = address(command, 2) + (<usize>(bInner ? column : 0) << 2);
  const outFirst = address(command, 3) + (<usize>column << 2);
  const aStride = integer(command, 10);
  const bStride = integer(command, 14);
  for (let row = firstRow; row < lastRow; row++) {
    let a = row * aStride;
    let b = row * bStride;
    if (rows > inner) {
      const k = row % inner;
      const rest = row / inner;
      const j = rest % middle;
      const i = rest / middle;
      a = i * integer(command, 8) + j * integer(command, 9) + k * aStride;
      b = i * integer(command, 12) + j * integer(command, 13) + k * bStride;
    }
    const aAt = aFirst + (<usize>a << 2);
    const bAt = bFirst + (<usize>b << 2);
    const out = outFirst + (<usize>(row * columns) << 2);
    if (aInner && bInner) {
      binaryRow<Kind>(aAt, bAt, out, count);
    } else if (aInner) {
      binaryRowScalar<Kind>(aAt, v128.load32_splat(bAt), out, count);
    } else {
      binaryScalarRow<Kind>(v128.load32_splat(aAt), bAt, out, count, bInner);
    }
  }
}

// @ts-ignore: decorator
@inline
function binaryRow<Kind>(a: usize, b: usize, out: usize, count: i32): void {
  let rest = count;
  for (; rest >= 4; rest -= 4) {
    v128.store(out, combine<Kind>(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    out += 16;
  }
  for (; rest > 0; rest--) {
    storeLane(out, combine<Kind>(v128.load32_zero(a), v128.load32_zero(b)));
    a += 4;
    b += 4;
    out += 4;
  }
}

// @ts-ignore: decorator
@inline
function binaryRowScalar<Kind>(a: usize, b: v128, out: usize, count: i32): void {
  let rest = count;
  for (; rest >= 4; rest -= 4) {
    v128.store(out, combine<Kind>(v128.load(a), b));
    a += 16;
    out += 16;
  }
  for (; rest > 0; rest--) {
    storeLane(out, combine<Kind>(v128.load32_zero(a), b));
    a += 4;
    out += 4;
  }
}

/** A number against a row, or (both strides zero) against a number. */
// @ts-ignore: decorator
@inline
function binaryScalarRow<Kind>(a: v128, b: usize, out: usize, count: i32, bInner: bool): void {
  let rest = count;
  if (bInner) {
    for (; rest >= 4; rest -= 4) {
      v128.store(out, combine<Kind>(a, v128.load(b)));
      b += 16;
      out += 16;
    }
  }
  for (; rest > 0; rest--) {
    storeLane(out, combine<Kind>(a, v128.load32_zero(b)));
    if (bInner) b += 4;
    out += 4;
  }
}

// @ts-ignore: decorator
@inline
function storeLane(to: usize, value: v128): void {
  store<f32>(to, f32x4.extract_lane(value, 0));
}

/** out = f(x). Integers: kind, x, out, count, numbers a task. Fractions: the parameters that the kind has. */
export function unary(command: usize, task: i32): void {
  switch (integer(command, 0)) {
    case COPY:
      return unaryRun<Copy>(command, task);
    case RELU:
      return unaryRun<Relu>(command, task);
    case STEP:
      return unaryRun<Step>(command, task);
    case TANH:
      return unaryRun<Tanh>(command, task);
    case SIGMOID:
      return unaryRun<Sigmoid>(command, task);
    case EXPONENTIAL:
      return unaryRun<Exponential>(command, task);
    case SQUARE_ROOT:
      return unaryRun<SquareRoot>(command, task);
    case RECIPROCAL_SQUARE_ROOT:
      return unaryRun<ReciprocalSquareRoot>(command, task);
    case SQUARE:
      return unaryRun<Square>(command, task);
    case NEGATE:
      return unaryRun<Negate>(command, task);
    case ABSOLUTE:
      return unaryRun<Absolute>(command, task);
    case RECIPROCAL:
      return unaryRun<Reciprocal>(command, task);
    case LEAKY_RELU:
      return unaryRun<LeakyRelu>(command, task);
    case CLIP:
      return unaryRun<Clip>(command, task);
    default:
      unreachable();
  }
}

// @ts-ignore: decorator
@inline
function transform<Kind>(x: v128, first: v128, second: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (idof<Kind>() == idof<Copy>()) return x;
  if (idof<Kind>() == idof<Relu>()) return f32x4.max(x, zero);
  if (idof<Kind>() == idof<Step>()) return v128.bitselect(x, v128.bitselect(one, first, f32x4.gt(x, zero)), f32x4.ne(x, x));
  if (idof<Kind>() == idof<Tanh>()) return hyperbolicTangent(x);
  if (idof<Kind>() == idof<Sigmoid>()) return sigmoid(x);
  if (idof<Kind>() == idof<Exponential>()) return exponential(x);
  if (idof<Kind>() == idof<SquareRoot>()) return f32x4.sqrt(x);
  if (idof<Kind>() == idof<ReciprocalSquareRoot>()) return f32x4.div(one, f32x4.sqrt(x));
  if (idof<Kind>() == idof<Square>()) return f32x4.mul(x, x);
  if (idof<Kind>() == idof<Negate>()) return f32x4.neg(x);
  if (idof<Kind>() == idof<Absolute>()) return f32x4.abs(x);
  if (idof<Kind>() == idof<Reciprocal>()) return f32x4.div(one, x);
  if (idof<Kind>() == idof<LeakyRelu>()) return v128.bitselect(f32x4.mul(x, first), x, f32x4.lt(x, zero));
  return f32x4.min(f32x4.max(x, first), second);
}

function unaryRun<Kind>(command: usize, task: i32): void {
  const perTask = integer(command, 4);
  const start = task * perTask;
  let rest = min(perTask, integer(command, 3) - start);
  let x = address(command, 1) + (<usize>start << 2);
  let out = address(command, 2) + (<usize>start << 2);
  const first = f32x4.splat(fraction(command, 0));
  const second = f32x4.splat(fraction(command, 1));
  for (; rest >= 4; rest -= 4) {
    v128.store(out, transform<Kind>(v128.load(x), first, second));
    x += 16;
    out += 16;
  }
  for (; rest > 0; rest--) {
    storeLane(out, transform<Kind>(v128.load32_zero(x), first, second));
    x += 4;
    out += 4;
  }
}

/** out = one number, everywhere. Integers: out, count, numbers a task. Fractions: the number. */
export function fill(command: usize, task: i32): void {
  const perTask = integer(command, 2);
  const start = task * perTask;
  let rest = min(perTask, integer(command, 1) - start);
  let out = address(command, 0) + (<usize>start << 2);
  const value = f32x4.splat(fraction(command, 0));
  for (; rest >= 4; rest -= 4) {
    v128.store(out, value);
    out += 16;
  }
  for (; rest > 0; rest--) {
    storeLane(out, value);
    out += 4;
  }
}
