/** Gradient descent with momentum (as in PyTorch) over state that changes in place. */
import { add, mul, sub, tidy, variable, zerosLike, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { ranKernel, ranTogether } from "../kernels.ts";
import { createLiveNumbers, type LiveLayout, type LiveNumbers } from "../liveNumbers.ts";

export interface SgdSettings {
  readonly learningRate: number;
  readonly momentum: number;
}

/** What an update needs besides tensors, in the order in which a device keeps it. */
export const SGD_LIVE = { learningRate: "f32", momentum: "f32" } as const satisfies LiveLayout;

export interface SgdState {
  /** Velocity, by parameter. */
  readonly m: readonly Variable[];
  readonly live: LiveNumbers<keyof typeof SGD_LIVE>;
}

export function initSgd(parameters: readonly Variable[]): SgdState {
  const m = parameters.map((parameter) => tidy(() => variable(zerosLike(parameter), false)));
  return { m, live: createLiveNumbers(SGD_LIVE) };
}

/** Makes the numbers of the next update ready: what the host does before `applySgd`, be it run or replayed. */
export function advanceSgd(state: SgdState, { learningRate, momentum }: SgdSettings): void {
  state.live.set({ learningRate, momentum });
}

/** m ← momentum · m + g;  p ← p − lr · m, in place. */
export function applySgd(state: SgdState, parameters: readonly Variable[], gradients: readonly Tensor[]): void {
  const tensors = parameters.map((p, index) => ({
    p,
    m: present(state.m[index], "SGD's velocity"),
    g: present(gradients[index], "a gradient"),
  }));
  if (ranTogether("DuelSgdTogether", tensors, state.live)) return;
  const numbers = state.live.values;
  for (const { p, m, g } of tensors) {
    if (!ranKernel("DuelSgd", { p, m, g }, { ...numbers })) updatePortable(p, m, g, numbers);
  }
}

/** One update: `advanceSgd`, then `applySgd`. */
export function updateSgd(
  state: SgdState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: SgdSettings,
): void {
  advanceSgd(state, settings);
  applySgd(state, parameters, gradients);
}

function updatePortable(p: Variable, m: Variable, g: Tensor, { learningRate, momentum }: SgdSettings): void {
  tidy(() => {
    m.assign(add(mul(m, momentum), g));
    p.assign(sub(p, mul(m, learningRate)));
  });
}
