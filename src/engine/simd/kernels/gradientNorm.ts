/** The Euclidean norm of all gradients of a network taken together. */
import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import * as op from "../opcodes.ts";
import type { SimdKernel } from "./kernel.ts";

/** Sums that are added up at the end. Fixed, so that the result does not depend on the number of threads. */
const PARTS = 8;
/** What fits into a command, two words each. */
const GRADIENTS_A_COMMAND = 20;

/** Inputs are g0, g1, …; the output is a scalar. */
export const gradientNorm: SimdKernel = {
  name: "DuelGradientNorm",
  run({ inputs, backend }) {
    const gradients = Object.values(inputs as Readonly<Record<string, TensorInfo>>);
    const out = backend.make([]);
    backend.withScratch(PARTS * Float64Array.BYTES_PER_ELEMENT, (sums) => {
      for (let first = 0; first < gradients.length; first += GRADIENTS_A_COMMAND) {
        const some = gradients.slice(first, first + GRADIENTS_A_COMMAND);
        backend.perform(op.SUM_SQUARES, PARTS, [
          ...[sums, PARTS, first === 0 ? 1 : 0, some.length],
          ...some.flatMap((gradient) => [backend.address(gradient), util.sizeFromShape(gradient.shape)]),
        ]);
      }
      backend.perform(op.NORM_OF_PARTS, 1, [sums, PARTS, backend.address(out)]);
    });
    return out;
  },
};
