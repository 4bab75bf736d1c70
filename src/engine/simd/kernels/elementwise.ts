/** Kernels that go number by number, with broadcasting. */
import {
  backend_util,
  util,
  type ClipByValueAttrs,
  type LeakyReluAttrs,
  type NamedAttrMap,
  type StepAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import { present } from "../../../shared/invariant.ts";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { areFloats, input, shareOf, wantedTasks, type KernelCall, type SimdKernel } from "./kernel.ts";

/** Dimensions of a broadcast that the module walks. */
const RANK = 4;

interface Broadcast {
  readonly dimensions: readonly number[];
  /** In numbers, 0 along a dimension in which the operand repeats. */
  readonly aStrides: readonly number[];
  readonly bStrides: readonly number[];
}

/**
 * The fewest dimensions that say how two shapes combine: neighbours in which the operands behave alike become one.
 * Undefined when more than four are left.
 */
export function planBroadcast(
  aShape: readonly number[],
  bShape: readonly number[],
  outShape: readonly number[],
): Broadcast | undefined {
  // From the innermost out, ones left aside.
  const groups: { size: number; aRepeats: boolean; bRepeats: boolean }[] = [];
  for (let axis = 1; axis <= outShape.length; axis++) {
    const size = outShape.at(-axis) ?? 1;
    if (size === 1) continue;
    const aRepeats = (aShape.at(-axis) ?? 1) === 1 || axis > aShape.length;
    const bRepeats = (bShape.at(-axis) ?? 1) === 1 || axis > bShape.length;
    const outer = groups.at(-1);
    if (outer?.aRepeats === aRepeats && outer.bRepeats === bRepeats) outer.size *= size;
    else groups.push({ size, aRepeats, bRepeats });
  }
  if (groups.length > RANK) return undefined;
  while (groups.length < RANK) groups.push({ size: 1, aRepeats: true, bRepeats: true });
  let aStride = 1;
  let bStride = 1;
  const strided = groups.map(({ size, aRepeats, bRepeats }) => {
    const dimension = { size, a: aRepeats ? 0 : aStride, b: bRepeats ? 0 : bStride };
    if (!aRepeats) aStride *= size;
    if (!bRepeats) bStride *= size;
    return dimension;
  });
  strided.reverse();
  return {
    dimensions: strided.map(({ size }) => size),
    aStrides: strided.map(({ a }) => a),
    bStrides: strided.map(({ b }) => b),
  };
}

/** a ∘ b for float32 tensors, or undefined where the broadcast is too wild. */
export function applyBinary(backend: SimdBackend, kind: number, a: TensorInfo, b: TensorInfo): TensorInfo | undefined {
  const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const plan = planBroadcast(a.shape, b.shape, shape);
  if (plan === undefined) return undefined;
  const columns = present(plan.dimensions[RANK - 1], "the innermost dimension");
  const size = util.sizeFromShape(shape);
  const rows = size / columns;
  const tasks = wantedTasks(size, backend.threads);
  const rowsPerTask = rows > 1 ? shareOf(rows, tasks, 1) : 1;
  const columnsPerTask = rows > 1 ? columns : shareOf(columns, tasks, 16);
  const out = backend.make(shape);
  backend.perform(op.BINARY, Math.ceil(rows / rowsPerTask) * Math.ceil(columns / columnsPerTask), [
    ...[kind, backend.address(a), backend.address(b), backend.address(out)],
    ...[...plan.dimensions, ...plan.aStrides, ...plan.bStrides, rowsPerTask, columnsPerTask],
  ]);
  return out;
}

/** f(x) for a float32 tensor. */
export function applyUnary(
  backend: SimdBackend,
  kind: number,
  x: TensorInfo,
  parameters: readonly number[] = [],
): TensorInfo {
  const out = backend.make(x.shape);
  const size = util.sizeFromShape(x.shape);
  const perTask = shareOf(size, wantedTasks(size, backend.threads), 16);
  const integers = [kind, backend.address(x), backend.address(out), size, perTask];
  backend.perform(op.UNARY, Math.ceil(size / perTask), integers, parameters);
  return out;
}

function binaryKernel(name: string, kind: number): SimdKernel {
  return {
    name,
    run({ inputs, backend }) {
      const a = input(inputs, "a");
      const b = input(inputs, "b");
      return areFloats(a, b) ? applyBinary(backend, kind, a, b) : undefined;
    },
  };
}

function unaryKernel(name: string, kind: number, parameters?: (attrs: NamedAttrMap) => readonly number[]): SimdKernel {
  return {
    name,
    run({ inputs, attrs, backend }) {
      const x = input(inputs, "x");
      return areFloats(x) ? applyUnary(backend, kind, x, parameters?.(attrs ?? {})) : undefined;
    },
  };
}

/** The sum of several tensors of one shape. */
const addN: SimdKernel = {
  name: "AddN",
  run({ inputs, backend }: KernelCall) {
    const [first, ...others] = Object.values(inputs as Readonly<Record<string, TensorInfo>>);
    if (first === undefined || !areFloats(first, ...others)) return undefined;
    let total = applyUnary(backend, op.COPY, first);
    for (const other of others) {
      const next = applyBinary(backend, op.ADD, total, other);
      backend.disposeData(total.dataId);
      total = present(next, "the sum of tensors of one shape");
    }
    return total;
  },
};

export const ELEMENTWISE: readonly SimdKernel[] = [
  binaryKernel("Add", op.ADD),
  binaryKernel("Sub", op.SUBTRACT),
  binaryKernel("Multiply", op.MULTIPLY_ELEMENTS),
  binaryKernel("RealDiv", op.DIVIDE),
  binaryKernel("Maximum", op.MAXIMUM),
  binaryKernel("Minimum", op.MINIMUM),
  binaryKernel("SquaredDifference", op.SQUARED_DIFFERENCE),
  unaryKernel("Relu", op.RELU),
  unaryKernel("Step", op.STEP, (attrs) => [(attrs as unknown as StepAttrs).alpha]),
  unaryKernel("Tanh", op.TANH),
  unaryKernel("Sigmoid", op.SIGMOID),
  unaryKernel("Exp", op.EXPONENTIAL),
  unaryKernel("Sqrt", op.SQUARE_ROOT),
  unaryKernel("Rsqrt", op.RECIPROCAL_SQUARE_ROOT),
  unaryKernel("Square", op.SQUARE),
  unaryKernel("Neg", op.NEGATE),
  unaryKernel("Abs", op.ABSOLUTE),
  unaryKernel("Reciprocal", op.RECIPROCAL),
  unaryKernel("LeakyRelu", op.LEAKY_RELU, (attrs) => [(attrs as unknown as LeakyReluAttrs).alpha]),
  unaryKernel("ClipByValue", op.CLIP, (attrs) => {
    const { clipValueMin, clipValueMax } = attrs as unknown as ClipByValueAttrs;
    return [clipValueMin, clipValueMax];
  }),
  addN,
];
