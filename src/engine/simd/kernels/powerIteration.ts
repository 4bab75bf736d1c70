/** One step of power iteration, in place on the vectors. Formulas: src/engine/operations/spectralNorm.ts. */
import { SHORTEST, type KernelMatrix } from "../../operations/spectralNorm.ts";
import * as op from "../opcodes.ts";
import { input, type SimdKernel } from "./kernel.ts";

export const powerIteration: SimdKernel = {
  name: "DuelPowerIteration",
  run({ inputs, attrs, backend }) {
    const { outer, outputs, inner } = attrs as unknown as KernelMatrix;
    const addresses = ["kernel", "u", "v"].map((name) => backend.address(input(inputs, name)));
    backend.perform(op.POWER_ITERATION, 1, [...addresses, outer, outputs, inner], [SHORTEST]);
    return [];
  },
};
