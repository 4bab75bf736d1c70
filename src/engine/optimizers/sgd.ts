/** Gradient descent with momentum (as in PyTorch) over state that changes in place. */
import { add, mul, sub, tidy, variable, zerosLike, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { ranKernel } from "../kernels.ts";

export interface SgdSettings {
  readonly learningRate: number;
  readonly momentum: number;
}

export interface SgdState {
  /** Velocity, by parameter. */
  readonly m: readonly Variable[];
}

export function initSgd(parameters: readonly Variable[]): SgdState {
  return { m: parameters.map((parameter) => tidy(() => variable(zerosLike(parameter), false))) };
}

/** m ← momentum · m + g;  p ← p − lr · m, in place. */
export function updateSgd(
  state: SgdState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: SgdSettings,
): void {
  for (const [index, p] of parameters.entries()) {
    const m = present(state.m[index], "SGD's velocity");
    const g = present(gradients[index], "a gradient");
    if (!ranKernel("DuelSgd", { p, m, g }, { ...settings })) updatePortable(p, m, g, settings);
  }
}

function updatePortable(p: Variable, m: Variable, g: Tensor, { learningRate, momentum }: SgdSettings): void {
  tidy(() => {
    m.assign(add(mul(m, momentum), g));
    p.assign(sub(p, mul(m, learningRate)));
  });
}
