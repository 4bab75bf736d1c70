/** Lion (Chen et al. 2023, algorithm 2) over state that changes in place: every weight moves by one length, up or down. */
import { add, mul, sign, sub, tidy, variable, zerosLike, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { ranTogether } from "../kernels.ts";
import { createLiveNumbers, type LiveLayout, type LiveNumbers } from "../liveNumbers.ts";
import { DECAY_LIVE, decayWeights, keptBy } from "./decayWeights.ts";

export interface LionSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
}

/** What an update needs besides tensors, in the order in which a device keeps it. */
export const LION_LIVE = {
  learningRate: "f32",
  beta1: "f32",
  beta2: "f32",
  /** 1 − β, computed in double precision. */
  beta1Rest: "f32",
  beta2Rest: "f32",
} as const satisfies LiveLayout;

type LionNumbers = Readonly<Record<keyof typeof LION_LIVE, number>>;

export interface LionState {
  /** Mean gradient, by parameter. */
  readonly m: readonly Variable[];
  readonly live: LiveNumbers<keyof typeof LION_LIVE>;
  readonly decay: LiveNumbers<keyof typeof DECAY_LIVE>;
}

export function initLion(parameters: readonly Variable[]): LionState {
  const m = parameters.map((parameter) => tidy(() => variable(zerosLike(parameter), false)));
  return { m, live: createLiveNumbers(LION_LIVE), decay: createLiveNumbers(DECAY_LIVE) };
}

/** Makes the numbers of the next update ready: what the host does before `applyLion`, be it run or replayed. */
export function advanceLion(state: LionState, settings: LionSettings): void {
  const { learningRate, beta1, beta2 } = settings;
  state.live.set({ learningRate, beta1, beta2, beta1Rest: 1 - beta1, beta2Rest: 1 - beta2 });
  state.decay.set({ keep: keptBy(settings) });
}

/** Shrinks every parameter a little, then moves it by the learning rate along the sign of its blended gradient, in place. */
export function applyLion(state: LionState, parameters: readonly Variable[], gradients: readonly Tensor[]): void {
  decayWeights(parameters, state.decay);
  const tensors = parameters.map((p, index) => ({
    p,
    m: present(state.m[index], "Lion's mean gradient"),
    g: present(gradients[index], "a gradient"),
  }));
  if (ranTogether("DuelLionTogether", tensors, state.live)) return;
  for (const { p, m, g } of tensors) updatePortable(p, m, g, state.live.values);
}

/** One update: `advanceLion`, then `applyLion`. */
export function updateLion(
  state: LionState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: LionSettings,
): void {
  advanceLion(state, settings);
  applyLion(state, parameters, gradients);
}

/** p ← p − lr · sign(β₁m + (1 − β₁)g);  m ← β₂m + (1 − β₂)g. */
function updatePortable(p: Variable, m: Variable, g: Tensor, numbers: LionNumbers): void {
  const { learningRate, beta1, beta2, beta1Rest, beta2Rest } = numbers;
  tidy(() => {
    const direction = sign(add(mul(m, beta1), mul(g, beta1Rest)));
    p.assign(sub(p, mul(direction, learningRate)));
    m.assign(add(mul(m, beta2), mul(g, beta2Rest)));
  });
}
