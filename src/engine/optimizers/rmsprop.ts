/** RMSProp (Hinton 2012, lecture 6e) over state that changes in place. It must not know what the parameters are for. */
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

export interface RmspropSettings {
  readonly learningRate: number;
  readonly decay: number;
}

export interface RmspropState {
  /** Running mean of squared gradients, by parameter. */
  readonly v: readonly Variable[];
}

export function initRmsprop(parameters: readonly Variable[]): RmspropState {
  return { v: parameters.map((parameter) => tidy(() => variable(zerosLike(parameter), false))) };
}

/** v ← decay · v + (1 − decay) · g²;  p ← p − lr · g / (√v + ε), in place. */
export function updateRmsprop(
  state: RmspropState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: RmspropSettings,
): void {
  for (const [index, p] of parameters.entries()) {
    const v = present(state.v[index], "RMSProp's mean square");
    const g = present(gradients[index], "a gradient");
    const attributes = { ...settings, epsilon: EPSILON };
    if (!ranKernel("DuelRmsprop", { p, v, g }, attributes)) updatePortable(p, v, g, settings);
  }
}

function updatePortable(p: Variable, v: Variable, g: Tensor, { learningRate, decay }: RmspropSettings): void {
  tidy(() => {
    v.assign(add(mul(v, decay), mul(square(g), 1 - decay)));
    p.assign(sub(p, mul(div(g, add(sqrt(v), EPSILON)), learningRate)));
  });
}
