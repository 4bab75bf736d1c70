/** Sums and means along neighbouring dimensions. */
import { backend_util, util, type SumAttrs, type TensorInfo } from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { areFloats, input, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";

/**
 * Numbers summed one after the other before the sums are summed in turn: it keeps rounding errors small and makes work
 * for several threads. Fixed by the shape alone, so that the result does not depend on the number of threads.
 */
const BLOCK_NUMBERS = 16_384;
const MOST_ROWS = 256;
const FEWEST_ROWS = 16;

function rowsPerBlock(inner: number): number {
  if (inner === 1) return BLOCK_NUMBERS;
  return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.ceil(BLOCK_NUMBERS / inner)));
}

/** scale · the sum over the middle of [outer, reduced, inner], as a new tensor of shape `outShape`. */
export function sumMiddle(
  backend: SimdBackend,
  x: TensorInfo,
  outer: number,
  reduced: number,
  inner: number,
  outShape: readonly number[],
  scale = 1,
): TensorInfo {
  const rows = rowsPerBlock(inner);
  const blocks = Math.ceil(reduced / rows);
  const out = backend.make(blocks === 1 ? outShape : [outer, blocks, inner]);
  const pairs = outer * blocks;
  const perTask = shareOf(pairs, wantedTasks(outer * reduced * inner, backend.threads), 1);
  const integers = [backend.address(x), backend.address(out), outer, reduced, inner, rows, perTask];
  backend.perform(op.SUM, Math.ceil(pairs / perTask), integers, [blocks === 1 ? scale : 1]);
  if (blocks === 1) return out;
  const total = sumMiddle(backend, out, outer, blocks, inner, outShape, scale);
  backend.disposeData(out.dataId);
  return total;
}

/** The sum over some axes, scaled by what `scaleOf` makes of the count; undefined where the axes are not neighbours. */
function reduce(
  backend: SimdBackend,
  x: TensorInfo,
  { axis, keepDims }: SumAttrs,
  scaleOf: (count: number) => number,
): TensorInfo | undefined {
  const axes = util.parseAxisParam(axis, x.shape).filter((index) => x.shape[index] !== 1);
  const allAxes = util.parseAxisParam(axis, x.shape);
  const [shape, reducedShape] = backend_util.computeOutAndReduceShapes(x.shape, allAxes);
  const outShape = keepDims ? backend_util.expandShapeToKeepDim(shape, allAxes) : shape;
  const first = Math.min(...axes, x.shape.length);
  const last = Math.max(...axes, first - 1);
  if (x.shape.slice(first, last + 1).some((size, index) => size !== 1 && !axes.includes(first + index)))
    return undefined;
  const reduced = util.sizeFromShape(reducedShape);
  const inner = util.sizeFromShape(x.shape.slice(last + 1));
  return sumMiddle(backend, x, util.sizeFromShape(x.shape.slice(0, first)), reduced, inner, outShape, scaleOf(reduced));
}

function reductionKernel(name: string, scaleOf: (count: number) => number): SimdKernel {
  return {
    name,
    run({ inputs, attrs, backend }) {
      const x = input(inputs, "x");
      return areFloats(x) ? reduce(backend, x, attrs as unknown as SumAttrs, scaleOf) : undefined;
    },
  };
}

export const REDUCTIONS: readonly SimdKernel[] = [
  reductionKernel("Sum", () => 1),
  reductionKernel("Mean", (count) => 1 / count),
];
