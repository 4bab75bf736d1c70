/** The gradients of a layer act(linear(x, kernel) + bias), given those of its linear part. It must not know which that is. */
import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../../operations/activations.ts";
import { runningSimd, type SimdBackend } from "../backend.ts";
import { biasGradient, throughActivation } from "./epilogue.ts";
import { asTensor } from "./kernel.ts";

/** What an operation says of a layer. */
export interface LayerAttributes {
  readonly activation: Activation;
  readonly hasBias: boolean;
}

/** Makes a new tensor of the gradient by the sum. */
type LinearGradient = (backend: SimdBackend, dz: TensorInfo) => TensorInfo;

/** One function for each input, computed where it is asked for. Call it within a tidy. */
export function layerGradient(
  dy: Tensor,
  y: Tensor,
  { activation, hasBias }: LayerAttributes,
  linear: { readonly x: LinearGradient; readonly kernel: LinearGradient },
): Record<string, () => Tensor> {
  const backend = runningSimd();
  const dz = asTensor(throughActivation(backend, dy, y, activation));
  return {
    x: () => asTensor(linear.x(backend, dz)),
    kernel: () => asTensor(linear.kernel(backend, dz)),
    ...(hasBias ? { bias: () => asTensor(biasGradient(backend, dz)) } : {}),
  };
}
