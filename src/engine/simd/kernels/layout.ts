/** Kernels that make or rearrange numbers without computing with them. */
import { util, type FillAttrs, type TensorInfo, type TransposeAttrs } from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { areFloats, input, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";

function fillWith(backend: SimdBackend, shape: readonly number[], value: number): TensorInfo {
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

export const LAYOUT: readonly SimdKernel[] = [fill, likeKernel("ZerosLike", 0), likeKernel("OnesLike", 1), transpose];
