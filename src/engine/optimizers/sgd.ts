/** Gradient descent with momentum (as in PyTorch) over state that changes in place. */
import { add, mul, sub, tidy, variable, zerosLike, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";

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
  { learningRate, momentum }: SgdSettings,
): void {
  for (const [index, p] of parameters.entries()) {
    const m = present(state.m[index], "SGD's velocity");
    const g = present(gradients[index], "a gradient");
    tidy(() => {
      m.assign(add(mul(m, momentum), g));
      p.assign(sub(p, mul(m, learningRate)));
    });
  }
}
