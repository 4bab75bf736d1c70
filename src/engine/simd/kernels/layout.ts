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

/** Copies `count` numbers from one address to another. */
function copyNumbers(backend: SimdBackend, from: number, to: number, count: number): void {
  const perTask = shareOf(count, wantedTasks(count, backend.threads), 16);
  backend.perform(op.UNARY, Math.ceil(count / perTask), [op.COPY, from, to, count, perTask]);
}

/** The stretch of `shape` that begins `first` numbers into a tensor, as a new tensor. */
function stretch(backend: SimdBackend, x: TensorInfo, first: number, shape: readonly number[]): TensorInfo {
  const out = backend.make(shape);
  const from = backend.address(x) + first * Float32Array.BYTES_PER_ELEMENT;
  copyNumbers(backend, from, backend.address(out), util.sizeFromShape([...shape]));
  return out;
}

/** One after the other along the first axis, or one whose like before it are all of size 1. */
const concat: SimdKernel = {
  name: "Concat",
  run({ inputs, attrs, backend }) {
    const parts = Object.values(inputs as Readonly<Record<string, TensorInfo>>);
    const [first] = parts;
    if (first === undefined || !areFloats(...parts)) return undefined;
    const [axis = 0] = util.parseAxisParam((attrs as unknown as ConcatAttrs).axis, first.shape);
    if (util.sizeFromShape(first.shape.slice(0, axis)) !== 1) return undefined;
    const shape = [...first.shape];
    shape[axis] = parts.reduce((length, part) => length + (part.shape[axis] ?? 0), 0);
    const out = backend.make(shape);
    let to = backend.address(out);
    for (const part of parts) {
      const size = util.sizeFromShape(part.shape);
      copyNumbers(backend, backend.address(part), to, size);
      to += size * Float32Array.BYTES_PER_ELEMENT;
    }
    return out;
  },
};

/** A number for the first axis, or one for each of the first axes. */
type Along = number | readonly number[];

function along(numbers: Along, axis: number): number | undefined {
  return typeof numbers === "number" ? (axis === 0 ? numbers : undefined) : numbers[axis];
}

/** Parts that lie in one piece: whole along all axes but the first. */
const slice: SimdKernel = {
  name: "Slice",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const { begin, size } = attrs as unknown as { readonly begin: Along; readonly size: Along };
    const starts = x.shape.map((_, axis) => along(begin, axis) ?? 0);
    const shape = x.shape.map((length, axis) => {
      const wanted = along(size, axis) ?? -1;
      return wanted === -1 ? length - (starts[axis] ?? 0) : wanted;
    });
    const [start = 0, ...otherStarts] = starts;
    const rows = shape[0] ?? 0;
    const inside = start >= 0 && rows > 0 && start + rows <= (x.shape[0] ?? 0);
    const inOnePiece = otherStarts.every((first) => first === 0) && shape.slice(1).join() === x.shape.slice(1).join();
    if (!inside || !inOnePiece || !areFloats(x)) return undefined;
    return stretch(backend, x, start * util.sizeFromShape(shape.slice(1)), shape);
  },
};

/** Along the first axis. */
const split: SimdKernel = {
  name: "SplitV",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const { numOrSizeSplits: wanted, axis } = attrs as unknown as SplitVAttrs;
    const [total = 0, ...rowShape] = x.shape;
    const sizes = typeof wanted === "number" ? Array.from({ length: wanted }, () => total / wanted) : wanted;
    const fits =
      sizes.every((rows) => Number.isInteger(rows) && rows > 0) && total === sizes.reduce((sum, rows) => sum + rows, 0);
    if (axis !== 0 || !fits || !areFloats(x)) return undefined;
    let row = 0;
    return sizes.map((rows) => {
      const part = stretch(backend, x, row * util.sizeFromShape(rowShape), [rows, ...rowShape]);
      row += rows;
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
