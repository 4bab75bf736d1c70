/** What layers share beside their sums: bias and activation at the end, and the way back through them. */
import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../../operations/activations.ts";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { shareOf, wantedTasks } from "./kernel.ts";
import { sumMiddle } from "./reduction.ts";

/** What is done to a sum while it is still near the processor. */
export interface Epilogue {
  /** Address of a number for each column, or 0. */
  readonly bias: number;
  /** See opcodes.ts. */
  readonly kind: number;
  readonly alpha: number;
}

export const NO_EPILOGUE: Epilogue = { bias: 0, kind: op.LINEAR, alpha: 0 };

const KINDS = {
  linear: op.LINEAR,
  reLU: op.RELU,
  leakyReLU: op.LEAKY_RELU,
  tanh: op.TANH,
  sigmoid: op.SIGMOID,
} as const satisfies Readonly<Record<Activation["type"], number>>;

/** An activation as the words of a command. */
export function activationWords(activation: Activation): { readonly kind: number; readonly alpha: number } {
  return { kind: KINDS[activation.type], alpha: activation.type === "leakyReLU" ? activation.alpha : 0 };
}

export function epilogueOf(backend: SimdBackend, bias: TensorInfo | undefined, activation: Activation): Epilogue {
  return { bias: bias === undefined ? 0 : backend.address(bias), ...activationWords(activation) };
}

/** The gradient by an activation's input, from that by its output y. The caller owns it. */
export function throughActivation(
  backend: SimdBackend,
  dy: TensorInfo,
  y: TensorInfo,
  activation: Activation,
): TensorInfo {
  if (activation.type === "linear") return backend.alias(dy, dy.shape);
  const { kind, alpha } = activationWords(activation);
  const out = backend.make(y.shape);
  const size = util.sizeFromShape(y.shape);
  const perTask = shareOf(size, wantedTasks(size, backend.threads), 16);
  const integers = [kind, backend.address(dy), backend.address(y), backend.address(out), size, perTask];
  backend.perform(op.THROUGH, Math.ceil(size / perTask), integers, [alpha]);
  return out;
}

/**
 * The gradient by a bias: the sum over all dimensions but the last. Both halves of the batch are summed alike before they
 * are added: where real and fake images stand in one batch and pull a bias by the same amount, nothing is left, as it
 * should be; RMSProp would make a whole step of the rounding error.
 */
export function biasGradient(backend: SimdBackend, dz: TensorInfo): TensorInfo {
  const columns = dz.shape.at(-1) ?? 1;
  const rows = util.sizeFromShape(dz.shape) / columns;
  if ((dz.shape[0] ?? 1) % 2 === 1) return sumMiddle(backend, dz, 1, rows, columns, [columns]);
  const halves = sumMiddle(backend, dz, 2, rows / 2, columns, [2, columns]);
  const out = sumMiddle(backend, halves, 1, 2, columns, [columns]);
  backend.disposeData(halves.dataId);
  return out;
}
