/** Tensors that the host gives other numbers without giving them another buffer, so that recorded steps see them. */
import { getBackend, tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { ranKernel } from "./kernels.ts";
import { overwrite } from "./webgpu/deviceMemory.ts";

/** Gives a float32 variable new numbers, as many as it has. What was run before still saw the old ones. */
export function writeInPlace(variable: Variable, values: readonly number[]): void {
  if (getBackend() === "webgpu") {
    overwrite(variable, 0, Float32Array.from(values));
    return;
  }
  if (ranKernel("DuelOverwrite", { x: variable }, { values: [...values] })) return;
  tidy(() => {
    variable.assign(tensor([...values], variable.shape, "float32"));
  });
}
