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
import { ranKernel } from "../kernels.ts";

const EPSILON = 1e-8;

export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** Moments by parameter, and the products of all β so far, which stay right when a β is changed on the way. */
export interface AdamState {
  readonly m: readonly Variable[];
  readonly v: readonly Variable[];
  beta1Power: number;
  beta2Power: number;
}

export function initAdam(parameters: readonly Variable[]): AdamState {
  const zeros = () => parameters.map((parameter) => tidy(() => variable(zerosLike(parameter), false)));
  return { m: zeros(), v: zeros(), beta1Power: 1, beta2Power: 1 };
}

/** Moves every parameter by its bias-corrected step, in place. */
export function updateAdam(
  state: AdamState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: AdamSettings,
): void {
  state.beta1Power *= settings.beta1;
  state.beta2Power *= settings.beta2;
  const attributes = {
    ...settings,
    epsilon: EPSILON,
    correction1: 1 - state.beta1Power,
    correction2: 1 - state.beta2Power,
  };
  for (const [index, p] of parameters.entries()) {
    const m = present(state.m[index], "Adam's first moment");
    const v = present(state.v[index], "Adam's second moment");
    const g = present(gradients[index], "a gradient");
    if (!ranKernel("DuelAdam", { p, m, v, g }, attributes)) updatePortable(p, m, v, g, attributes);
  }
}

interface AdamAttributes extends AdamSettings {
  readonly epsilon: number;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ. */
  readonly correction1: number;
  readonly correction2: number;
}

/** m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  p ← p − lr · (m / c₁) / (√(v / c₂) + ε). */
function updatePortable(p: Variable, m: Variable, v: Variable, g: Tensor, attributes: AdamAttributes): void {
  const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = attributes;
  tidy(() => {
    m.assign(add(mul(m, beta1), mul(g, 1 - beta1)));
    v.assign(add(mul(v, beta2), mul(square(g), 1 - beta2)));
    const deviation = add(sqrt(div(v, correction2)), epsilon);
    p.assign(sub(p, mul(div(m, deviation), learningRate / correction1)));
  });
}
