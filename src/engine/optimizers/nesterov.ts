/** Nesterov's accelerated gradient (Sutskever et al. 2013, section 2, as PyTorch has it): SGD that looks one move ahead. */
import { add, mul, sub, tidy, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { ranTogether } from "../kernels.ts";
import { advanceSgd, type SgdSettings, type SgdState } from "./sgd.ts";

/** m ← momentum · m + g;  p ← p − lr · (g + momentum · m), in place; the state is SGD's, and is advanced as SGD's is. */
export function applyNesterov(state: SgdState, parameters: readonly Variable[], gradients: readonly Tensor[]): void {
  const tensors = parameters.map((p, index) => ({
    p,
    m: present(state.m[index], "Nesterov's velocity"),
    g: present(gradients[index], "a gradient"),
  }));
  if (ranTogether("DuelNesterovTogether", tensors, state.live)) return;
  const { learningRate, momentum } = state.live.values;
  for (const { p, m, g } of tensors) {
    tidy(() => {
      m.assign(add(mul(m, momentum), g));
      p.assign(sub(p, mul(add(g, mul(m, momentum)), learningRate)));
    });
  }
}

/** One update: `advanceSgd`, then `applyNesterov`. */
export function updateNesterov(
  state: SgdState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: SgdSettings,
): void {
  advanceSgd(state, settings);
  applyNesterov(state, parameters, gradients);
}
