/** Kernels that make or rearrange numbers without computing with them. */
import {
  util,
  type ConcatAttrs,
  type FillAttrs,
  type SplitVAttrs,
  type TensorInfo,
  type TransposeAttrs,
} from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { areFloats, input, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";

/** A new tensor that is one number everywhere. */
export function fillWith(backend: SimdBackend, shape: readonly number[], value: number): TensorInfo {
  const out = backend.make(shape);
  const size = util.sizeFromShape([...shape]);
  const perTask = shareOf(size, wantedTasks(size, backend.threads), 16);
  backend.perform(op.FILL, Math.ceil(size / perTask), [backend.address(out), size, perTask], [value]);
  return out;
}

function likeKernel(name: string, value: number): SimdKernel {
  return {
    name,
    run({ inputs, backend }) {
      const x = input(inputs, "x");
      return areFloats(x) ? fillWith(backend, x.shape, value) : undefined;
    },
  };
}

const fill: SimdKernel = {
  name: "Fill",
  run({ attrs, backend }) {
    const { shape, value, dtype } = attrs as unknown as FillAttrs;
    // Callers may leave the type out, whatever TensorFlow.js's declaration says.
    const isFloat = typeof value === "number" && ((dtype as string | undefined) ?? "float32") === "float32";
    return isFloat && !shape.includes(0) ? fillWith(backend, shape, value) : undefined;
  },
};

/** Matrices, and whatever is one once its dimensions of size 1 are left out. */
const transpose: SimdKernel = {
  name: "Transpose",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const { perm } = attrs as unknown as TransposeAttrs;
    const outShape = perm.map((axis) => x.shape[axis] ?? 1);
    const order = perm.filter((axis) => x.shape[axis] !== 1);
    if (!areFloats(x)) return undefined;
    if (order.every((axis, index) => index === 0 || axis > (order[index - 1] ?? 0))) return backend.alias(x, outShape);
    const [columnAxis = 0, rowAxis = 0] = order;
    if (order.length !== 2) return undefined;
    const rows = x.shape[rowAxis] ?? 1;
    const columns = x.shape[columnAxis] ?? 1;
    const out = backend.make(outShape);
    const perTask = shareOf(rows, wantedTasks(rows * columns, backend.threads), 4);
    const integers = [backend.address(x), backend.address(out), rows, columns, perTask];
    backend.perform(op.TRANSPOSE, Math.ceil(rows / perTask), integers);
    return out;
  },
};

/** Rows of numbers in one place: where the first one begins, and how far it is from each to the next, in numbers. */
interface Rows {
  readonly address: number;
  readonly stride: number;
}

/** Copies `rows` rows of `length` numbers. */
function copyRows(backend: SimdBackend, from: Rows, to: Rows, rows: number, length: number): void {
  const inOnePiece = rows === 1 || (from.stride === length && to.stride === length);
  const tasks = wantedTasks(rows * length, backend.threads);
  if (inOnePiece) {
    const perTask = shareOf(rows * length, tasks, 16);
    const integers = [op.COPY, from.address, to.address, rows * length, perTask];
    backend.perform(op.UNARY, Math.ceil((rows * length) / perTask), integers);
    return;
  }
  const perTask = shareOf(rows, tasks, 1);
  const integers = [from.address, to.address, rows, length, from.stride, to.stride, perTask];
  backend.perform(op.COPY_ROWS, Math.ceil(rows / perTask), integers);
}

/** A tensor as rows: everything from an axis on is one row. */
function rowsFrom(backend: SimdBackend, x: TensorInfo, axis: number): Rows {
  return { address: backend.address(x), stride: util.sizeFromShape(x.shape.slice(axis)) };
}

/** The rows that begin so many numbers later. */
function shifted({ address, stride }: Rows, numbers: number): Rows {
  return { address: address + numbers * Float32Array.BYTES_PER_ELEMENT, stride };
}

/** `length` steps along an axis from the `first`-th on, as a new tensor. */
function stretch(backend: SimdBackend, x: TensorInfo, axis: number, first: number, length: number): TensorInfo {
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const outer = util.sizeFromShape(x.shape.slice(0, axis));
  const out = backend.make(x.shape.map((size, index) => (index === axis ? length : size)));
  const from = shifted(rowsFrom(backend, x, axis), first * inner);
  copyRows(backend, from, rowsFrom(backend, out, axis), outer, length * inner);
  return out;
}

/** One after the other along an axis. */
const concat: SimdKernel = {
  name: "Concat",
  run({ inputs, attrs, backend }) {
    const parts = Object.values(inputs as Readonly<Record<string, TensorInfo>>);
    const [first] = parts;
    if (first === undefined || !areFloats(...parts)) return undefined;
    const [axis = 0] = util.parseAxisParam((attrs as unknown as ConcatAttrs).axis, first.shape);
    const shape = [...first.shape];
    shape[axis] = parts.reduce((length, part) => length + (part.shape[axis] ?? 0), 0);
    const out = backend.make(shape);
    const outer = util.sizeFromShape(shape.slice(0, axis));
    let to = rowsFrom(backend, out, axis);
    for (const part of parts) {
      const from = rowsFrom(backend, part, axis);
      copyRows(backend, from, to, outer, from.stride);
      to = shifted(to, from.stride);
    }
    return out;
  },
};

/** A number for the first axis, or one for each of the first axes. */
type Along = number | readonly number[];

function along(numbers: Along, axis: number): number | undefined {
  return typeof numbers === "number" ? (axis === 0 ? numbers : undefined) : numbers[axis];
}

/** Parts that are whole along all axes but one. */
const slice: SimdKernel = {
  name: "Slice",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const { begin, size } = attrs as unknown as { readonly begin: Along; readonly size: Along };
    const wanted = x.shape.map((length, axis) => {
      const first = along(begin, axis) ?? 0;
      const count = along(size, axis) ?? -1;
      return { axis, first, count: count === -1 ? length - first : count, length };
    });
    const inside = wanted.every(({ first, count, length }) => first >= 0 && count > 0 && first + count <= length);
    const [cut, ...others] = wanted.filter(({ count, length }) => count < length);
    if (!inside || others.length > 0 || !areFloats(x)) return undefined;
    const { axis, first, count } = cut ?? { axis: 0, first: 0, count: x.shape[0] ?? 1 };
    return x.shape.length === 0 ? undefined : stretch(backend, x, axis, first, count);
  },
};

/** The parts of a tensor along an axis. */
const split: SimdKernel = {
  name: "SplitV",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const { numOrSizeSplits: wanted, axis: given } = attrs as unknown as SplitVAttrs;
    const [axis = 0] = util.parseAxisParam(given, x.shape);
    const total = x.shape[axis] ?? 0;
    const sizes = typeof wanted === "number" ? Array.from({ length: wanted }, () => total / wanted) : wanted;
    const fits =
      sizes.every((rows) => Number.isInteger(rows) && rows > 0) && total === sizes.reduce((sum, rows) => sum + rows, 0);
    if (!fits || !areFloats(x)) return undefined;
    let first = 0;
    return sizes.map((length) => {
      const part = stretch(backend, x, axis, first, length);
      first += length;
      return part;
    });
  },
};

export const LAYOUT: readonly SimdKernel[] = [
  fill,
  likeKernel("ZerosLike", 0),
  likeKernel("OnesLike", 1),
  transpose,
  concat,
  slice,
  split,
];
