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

/**
 * out = a ∘ b over four dimensions, the outer three of which are rows.
 * Integers: kind, a, b, out, the four dimensions, four strides of a, four of b (in numbers; the last is 0 or 1), rows a
 * task, columns a task.
 */
export function binary(command: usize, task: i32): void {
  switch (integer(command, 0)) {
    case ADD:
      return binaryRows(command, task, ADD);
    case SUBTRACT:
      return binaryRows(command, task, SUBTRACT);
    case MULTIPLY_ELEMENTS:
      return binaryRows(command, task, MULTIPLY_ELEMENTS);
    case DIVIDE:
      return binaryRows(command, task, DIVIDE);
    case MAXIMUM:
      return binaryRows(command, task, MAXIMUM);
    case MINIMUM:
      return binaryRows(command, task, MINIMUM);
    case SQUARED_DIFFERENCE:
      return binaryRows(command, task, SQUARED_DIFFERENCE);
    default:
      unreachable();
  }
}

// @ts-ignore: decorator
@inline
function combine(kind: i32, a: v128, b: v128): v128 {
  if (kind == ADD) return f32x4.add(a, b);
  if (kind == SUBTRACT) return f32x4.sub(a, b);
  if (kind == MULTIPLY_ELEMENTS) return f32x4.mul(a, b);
  if (kind == DIVIDE) return f32x4.div(a, b);
  if (kind == MAXIMUM) return f32x4.max(a, b);
  if (kind == MINIMUM) return f32x4.min(a, b);
  const difference = f32x4.sub(a, b);
  return f32x4.mul(difference, difference);
}

// @ts-ignore: decorator
@inline
function binaryRows(command: usize, task: i32, kind: i32): void {
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
  for (let row = firstRow; row < lastRow; row++) {
    let a = row;
    let b = row;
    if (rows > inner) {
      const k = row % inner;
      const rest = row / inner;
      const j = rest % middle;
      const i = rest / middle;
      a = i * integer(command, 8) + j * integer(command, 9) + k * integer(command, 10);
      b = i * integer(command, 12) + j * integer(command, 13) + k * integer(command, 14);
    } else {
      a *= integer(command, 10);
      b *= integer(command, 14);
    }
    const aAt = address(command, 1) + (<usize>(a + (aInner ? column : 0)) << 2);
    const bAt = address(command, 2) + (<usize>(b + (bInner ? column : 0)) << 2);
    const out = address(command, 3) + (<usize>(row * columns + column) << 2);
    if (aInner && bInner) {
      binaryRow(kind, aAt, bAt, out, count);
    } else if (aInner) {
      binaryRowScalar(kind, aAt, v128.load32_splat(bAt), out, count);
    } else {
      binaryScalarRow(kind, v128.load32_splat(aAt), bAt, out, count, bInner);
    }
  }
}

// @ts-ignore: decorator
@inline
function binaryRow(kind: i32, a: usize, b: usize, out: usize, count: i32): void {
  let rest = count;
  for (; rest >= 4; rest -= 4) {
    v128.store(out, combine(kind, v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    out += 16;
  }
  for (; rest > 0; rest--) {
    storeLane(out, combine(kind, v128.load32_zero(a), v128.load32_zero(b)));
    a += 4;
    b += 4;
    out += 4;
  }
}

// @ts-ignore: decorator
@inline
function binaryRowScalar(kind: i32, a: usize, b: v128, out: usize, count: i32): void {
  let rest = count;
  for (; rest >= 4; rest -= 4) {
    v128.store(out, combine(kind, v128.load(a), b));
    a += 16;
    out += 16;
  }
  for (; rest > 0; rest--) {
    storeLane(out, combine(kind, v128.load32_zero(a), b));
    a += 4;
    out += 4;
  }
}

/** A number against a row, or (both strides zero) against a number. */
// @ts-ignore: decorator
@inline
function binaryScalarRow(kind: i32, a: v128, b: usize, out: usize, count: i32, bInner: bool): void {
  let rest = count;
  if (bInner) {
    for (; rest >= 4; rest -= 4) {
      v128.store(out, combine(kind, a, v128.load(b)));
      b += 16;
      out += 16;
    }
  }
  for (; rest > 0; rest--) {
    storeLane(out, combine(kind, a, v128.load32_zero(b)));
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
      return unaryRun(command, task, COPY);
    case RELU:
      return unaryRun(command, task, RELU);
    case STEP:
      return unaryRun(command, task, STEP);
    case TANH:
      return unaryRun(command, task, TANH);
    case SIGMOID:
      return unaryRun(command, task, SIGMOID);
    case EXPONENTIAL:
      return unaryRun(command, task, EXPONENTIAL);
    case SQUARE_ROOT:
      return unaryRun(command, task, SQUARE_ROOT);
    case RECIPROCAL_SQUARE_ROOT:
      return unaryRun(command, task, RECIPROCAL_SQUARE_ROOT);
    case SQUARE:
      return unaryRun(command, task, SQUARE);
    case NEGATE:
      return unaryRun(command, task, NEGATE);
    case ABSOLUTE:
      return unaryRun(command, task, ABSOLUTE);
    case RECIPROCAL:
      return unaryRun(command, task, RECIPROCAL);
    case LEAKY_RELU:
      return unaryRun(command, task, LEAKY_RELU);
    case CLIP:
      return unaryRun(command, task, CLIP);
    default:
      unreachable();
  }
}

// @ts-ignore: decorator
@inline
function transform(kind: i32, x: v128, first: v128, second: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (kind == COPY) return x;
  if (kind == RELU) return f32x4.max(x, zero);
  if (kind == STEP) return v128.bitselect(x, v128.bitselect(one, first, f32x4.gt(x, zero)), f32x4.ne(x, x));
  if (kind == TANH) return hyperbolicTangent(x);
  if (kind == SIGMOID) return sigmoid(x);
  if (kind == EXPONENTIAL) return exponential(x);
  if (kind == SQUARE_ROOT) return f32x4.sqrt(x);
  if (kind == RECIPROCAL_SQUARE_ROOT) return f32x4.div(one, f32x4.sqrt(x));
  if (kind == SQUARE) return f32x4.mul(x, x);
  if (kind == NEGATE) return f32x4.neg(x);
  if (kind == ABSOLUTE) return f32x4.abs(x);
  if (kind == RECIPROCAL) return f32x4.div(one, x);
  if (kind == LEAKY_RELU) return v128.bitselect(f32x4.mul(x, first), x, f32x4.lt(x, zero));
  return f32x4.min(f32x4.max(x, first), second);
}

// @ts-ignore: decorator
@inline
function unaryRun(command: usize, task: i32, kind: i32): void {
  const perTask = integer(command, 4);
  const start = task * perTask;
  let rest = min(perTask, integer(command, 3) - start);
  let x = address(command, 1) + (<usize>start << 2);
  let out = address(command, 2) + (<usize>start << 2);
  const first = f32x4.splat(fraction(command, 0));
  const second = f32x4.splat(fraction(command, 1));
  for (; rest >= 4; rest -= 4) {
    v128.store(out, transform(kind, v128.load(x), first, second));
    x += 16;
    out += 16;
  }
  for (; rest > 0; rest--) {
    storeLane(out, transform(kind, v128.load32_zero(x), first, second));
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
