// Sums along one dimension, the transpose of matrices, and rows that are copied into longer ones or out of them.
import { address, fraction, integer } from "./command";
import { transposeFour } from "./product";

/**
 * Sums the middle of x [outer, reduced, inner], a block of it at a time: out [outer, blocks, inner], scaled.
 * Integers: x, out, outer, reduced, inner, rows a block, pairs (of outer and block) a task. Fractions: scale.
 */
export function sum(command: usize, task: i32): void {
  const reduced = integer(command, 3);
  const inner = integer(command, 4);
  const rowsPerBlock = integer(command, 5);
  const perTask = integer(command, 6);
  const blocks = (reduced + rowsPerBlock - 1) / rowsPerBlock;
  const pairs = integer(command, 2) * blocks;
  const scale = fraction(command, 0);
  for (let pair = task * perTask; pair < min(pairs, (task + 1) * perTask); pair++) {
    const row = (pair % blocks) * rowsPerBlock;
    const rows = min(rowsPerBlock, reduced - row);
    const x = address(command, 0) + (<usize>(((pair / blocks) * reduced + row) * inner) << 2);
    const out = address(command, 1) + (<usize>(pair * inner) << 2);
    if (inner == 1) store<f32>(out, scale * sumRun(x, rows));
    else sumRows(x, rows, inner, out, scale);
  }
}

/** The sum of a contiguous run, in sixteen lanes. */
function sumRun(x: usize, count: i32): f32 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  let rest = count;
  for (; rest >= 16; rest -= 16) {
    a = f32x4.add(a, v128.load(x));
    b = f32x4.add(b, v128.load(x, 16));
    c = f32x4.add(c, v128.load(x, 32));
    d = f32x4.add(d, v128.load(x, 48));
    x += 64;
  }
  for (; rest >= 4; rest -= 4) {
    a = f32x4.add(a, v128.load(x));
    x += 16;
  }
  a = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  let total =
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
  for (; rest > 0; rest--) {
    total += load<f32>(x);
    x += 4;
  }
  return total;
}

/** The sum of `rows` rows of `width` numbers. */
function sumRows(x: usize, rows: i32, width: i32, out: usize, scale: f32): void {
  const rowBytes = <usize>width << 2;
  const scales = f32x4.splat(scale);
  let column = 0;
  for (; column + 16 <= width; column += 16) {
    let from = x + (<usize>column << 2);
    let a = v128.load(from);
    let b = v128.load(from, 16);
    let c = v128.load(from, 32);
    let d = v128.load(from, 48);
    for (let row = 1; row < rows; row++) {
      from += rowBytes;
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
    }
    const to = out + (<usize>column << 2);
    v128.store(to, f32x4.mul(a, scales));
    v128.store(to, f32x4.mul(b, scales), 16);
    v128.store(to, f32x4.mul(c, scales), 32);
    v128.store(to, f32x4.mul(d, scales), 48);
  }
  for (; column + 4 <= width; column += 4) {
    let from = x + (<usize>column << 2);
    let a = v128.load(from);
    for (let row = 1; row < rows; row++) {
      from += rowBytes;
      a = f32x4.add(a, v128.load(from));
    }
    v128.store(out + (<usize>column << 2), f32x4.mul(a, scales));
  }
  for (; column < width; column++) {
    let from = x + (<usize>column << 2);
    let total = load<f32>(from);
    for (let row = 1; row < rows; row++) {
      from += rowBytes;
      total += load<f32>(from);
    }
    store<f32>(out + (<usize>column << 2), total * scale);
  }
}

/** out [columns, rows] = the transpose of x [rows, columns]. Integers: x, out, rows, columns, rows a task (a multiple of 4). */
export function transpose(command: usize, task: i32): void {
  const x = address(command, 0);
  const out = address(command, 1);
  const rows = integer(command, 2);
  const columns = integer(command, 3);
  const perTask = integer(command, 4);
  const rowBytes = <usize>columns << 2;
  const outBytes = <usize>rows << 2;
  const last = min(rows, (task + 1) * perTask);
  let row = task * perTask;
  for (; row + 4 <= last; row += 4) {
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      const from = x + <usize>row * rowBytes + (<usize>column << 2);
      transposeFour(from, rowBytes, out + <usize>column * outBytes + (<usize>row << 2), outBytes);
    }
    for (; column < columns; column++) {
      for (let r = row; r < row + 4; r++) transposeOne(x, out, r, column, rowBytes, outBytes);
    }
  }
  for (; row < last; row++) {
    for (let column = 0; column < columns; column++) transposeOne(x, out, row, column, rowBytes, outBytes);
  }
}

// @ts-ignore: decorator
@inline
function transposeOne(x: usize, out: usize, row: i32, column: i32, rowBytes: usize, outBytes: usize): void {
  const value = load<f32>(x + <usize>row * rowBytes + (<usize>column << 2));
  store<f32>(out + <usize>column * outBytes + (<usize>row << 2), value);
}

/** Rows of `length` numbers from one place to another. Integers: from, to, rows, length, stride of from, of to, rows a task. */
export function copyRows(command: usize, task: i32): void {
  const bytes = <usize>integer(command, 3) << 2;
  const fromBytes = <usize>integer(command, 4) << 2;
  const toBytes = <usize>integer(command, 5) << 2;
  const first = task * integer(command, 6);
  const last = min(integer(command, 2), first + integer(command, 6));
  let from = address(command, 0) + <usize>first * fromBytes;
  let to = address(command, 1) + <usize>first * toBytes;
  for (let row = first; row < last; row++) {
    memory.copy(to, from, bytes);
    from += fromBytes;
    to += toBytes;
  }
}
