/** Adam (Kingma and Ba 2015, algorithm 1) over state that changes in place. It must not know what the parameters are for. */
import {
  add,
  div,
  mul,
  sqrt,
  square,
  sub,
  tidy,
  variable,
  zerosLike,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { ranKernel, ranTogether } from "../kernels.ts";
import { createLiveNumbers, type LiveLayout, type LiveNumbers } from "../liveNumbers.ts";

const EPSILON = 1e-8;

export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** What an update needs besides tensors, in the order in which a device keeps it. */
export const ADAM_LIVE = {
  learningRate: "f32",
  beta1: "f32",
  beta2: "f32",
  /** 1 − β, computed in double precision: in single precision 1 − 0.999 is off by 1e-5. */
  beta1Rest: "f32",
  beta2Rest: "f32",
  /** 1 − β₁ᵗ and 1 − β₂ᵗ. */
  correction1: "f32",
  correction2: "f32",
  epsilon: "f32",
} as const satisfies LiveLayout;

type AdamNumbers = Readonly<Record<keyof typeof ADAM_LIVE, number>>;

/** Moments by parameter, and the products of all β so far, which stay right when a β is changed on the way. */
export interface AdamState {
  readonly m: readonly Variable[];
  readonly v: readonly Variable[];
  beta1Power: number;
  beta2Power: number;
  readonly live: LiveNumbers<keyof typeof ADAM_LIVE>;
}

export function initAdam(parameters: readonly Variable[]): AdamState {
  const zeros = () => parameters.map((parameter) => tidy(() => variable(zerosLike(parameter), false)));
  return { m: zeros(), v: zeros(), beta1Power: 1, beta2Power: 1, live: createLiveNumbers(ADAM_LIVE) };
}

/** Counts one more update and makes its numbers ready: what the host does before `applyAdam`, be it run or replayed. */
export function advanceAdam(state: AdamState, { learningRate, beta1, beta2 }: AdamSettings): void {
  state.beta1Power *= beta1;
  state.beta2Power *= beta2;
  state.live.set({
    learningRate,
    beta1,
    beta2,
    beta1Rest: 1 - beta1,
    beta2Rest: 1 - beta2,
    correction1: 1 - state.beta1Power,
    correction2: 1 - state.beta2Power,
    epsilon: EPSILON,
  });
}

/** Moves every parameter by its bias-corrected step, in place. */
export function applyAdam(state: AdamState, parameters: readonly Variable[], gradients: readonly Tensor[]): void {
  const tensors = parameters.map((p, index) => ({
    p,
    m: present(state.m[index], "Adam's first moment"),
    v: present(state.v[index], "Adam's second moment"),
    g: present(gradients[index], "a gradient"),
  }));
  if (ranTogether("DuelAdamTogether", tensors, state.live)) return;
  const numbers = state.live.values;
  for (const { p, m, v, g } of tensors) {
    if (!ranKernel("DuelAdam", { p, m, v, g }, { ...numbers })) updatePortable(p, m, v, g, numbers);
  }
}

/** One update: `advanceAdam`, then `applyAdam`. */
export function updateAdam(
  state: AdamState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: AdamSettings,
): void {
  advanceAdam(state, settings);
  applyAdam(state, parameters, gradients);
}

/** m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  p ← p − lr · (m / c₁) / (√(v / c₂) + ε). */
function updatePortable(p: Variable, m: Variable, v: Variable, g: Tensor, numbers: AdamNumbers): void {
  const { learningRate, beta1, beta2, beta1Rest, beta2Rest, epsilon, correction1, correction2 } = numbers;
  tidy(() => {
    m.assign(add(mul(m, beta1), mul(g, beta1Rest)));
    v.assign(add(mul(v, beta2), mul(square(g), beta2Rest)));
    const deviation = add(sqrt(div(v, correction2)), epsilon);
    p.assign(sub(p, mul(div(m, deviation), learningRate / correction1)));
  });
}
