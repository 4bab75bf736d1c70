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
import { ranKernel, ranTogether } from "../kernels.ts";
import { createLiveNumbers, type LiveLayout, type LiveNumbers } from "../liveNumbers.ts";

const EPSILON = 1e-8;

export interface RmspropSettings {
  readonly learningRate: number;
  readonly decay: number;
}

/** What an update needs besides tensors, in the order in which a device keeps it. */
export const RMSPROP_LIVE = {
  learningRate: "f32",
  decay: "f32",
  /** 1 − decay, computed in double precision. */
  decayRest: "f32",
  epsilon: "f32",
} as const satisfies LiveLayout;

type RmspropNumbers = Readonly<Record<keyof typeof RMSPROP_LIVE, number>>;

export interface RmspropState {
  /** Running mean of squared gradients, by parameter. */
  readonly v: readonly Variable[];
  readonly live: LiveNumbers<keyof typeof RMSPROP_LIVE>;
}

export function initRmsprop(parameters: readonly Variable[]): RmspropState {
  const v = parameters.map((parameter) => tidy(() => variable(zerosLike(parameter), false)));
  return { v, live: createLiveNumbers(RMSPROP_LIVE) };
}

/** Makes the numbers of the next update ready: what the host does before `applyRmsprop`, be it run or replayed. */
export function advanceRmsprop(state: RmspropState, { learningRate, decay }: RmspropSettings): void {
  state.live.set({ learningRate, decay, decayRest: 1 - decay, epsilon: EPSILON });
}

/** v ← decay · v + (1 − decay) · g²;  p ← p − lr · g / (√v + ε), in place. */
export function applyRmsprop(state: RmspropState, parameters: readonly Variable[], gradients: readonly Tensor[]): void {
  const tensors = parameters.map((p, index) => ({
    p,
    v: present(state.v[index], "RMSProp's mean square"),
    g: present(gradients[index], "a gradient"),
  }));
  if (ranTogether("DuelRmspropTogether", tensors, state.live)) return;
  const numbers = state.live.values;
  for (const { p, v, g } of tensors) {
    if (!ranKernel("DuelRmsprop", { p, v, g }, { ...numbers })) updatePortable(p, v, g, numbers);
  }
}

/** One update: `advanceRmsprop`, then `applyRmsprop`. */
export function updateRmsprop(
  state: RmspropState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: RmspropSettings,
): void {
  advanceRmsprop(state, settings);
  applyRmsprop(state, parameters, gradients);
}

function updatePortable(p: Variable, v: Variable, g: Tensor, numbers: RmspropNumbers): void {
  const { learningRate, decay, decayRest, epsilon } = numbers;
  tidy(() => {
    v.assign(add(mul(v, decay), mul(square(g), decayRest)));
    p.assign(sub(p, mul(div(g, add(sqrt(v), epsilon)), learningRate)));
  });
}
