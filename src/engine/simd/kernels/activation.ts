/** The activations that TensorFlow.js's fused kernels can ask for. */
import type { backend_util, TensorInfo } from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { applyUnary } from "./elementwise.ts";

const KINDS: Readonly<Partial<Record<backend_util.Activation, number>>> = {
  relu: op.RELU,
  leakyrelu: op.LEAKY_RELU,
  sigmoid: op.SIGMOID,
};

/** Whether a fused kernel can end with that activation; the CPU backend has the others. */
export function canActivate(activation: backend_util.Activation): boolean {
  return activation === "linear" || KINDS[activation] !== undefined;
}

/** The activation of a tensor, which is given up for it. */
export function activate(
  backend: SimdBackend,
  x: TensorInfo,
  activation: backend_util.Activation,
  alpha = 0,
): TensorInfo {
  const kind = KINDS[activation];
  if (kind === undefined) return x;
  const out = applyUnary(backend, kind, x, [alpha]);
  backend.disposeData(x.dataId);
  return out;
}
