/** AdamW (Loshchilov and Hutter 2019, algorithm 2, as PyTorch has it): Adam over weights that decay before each update. */
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { createLiveNumbers, type LiveNumbers } from "../liveNumbers.ts";
import { advanceAdam, applyAdam, initAdam, type AdamSettings, type AdamState } from "./adam.ts";
import { DECAY_LIVE, decayWeights, keptBy } from "./decayWeights.ts";

export interface AdamwSettings extends AdamSettings {
  readonly weightDecay: number;
}

export interface AdamwState extends AdamState {
  readonly decay: LiveNumbers<keyof typeof DECAY_LIVE>;
}

export function initAdamw(parameters: readonly Variable[]): AdamwState {
  return { ...initAdam(parameters), decay: createLiveNumbers(DECAY_LIVE) };
}

/** What the host does before `applyAdamw`, be it run or replayed. */
export function advanceAdamw(state: AdamwState, settings: AdamwSettings): void {
  advanceAdam(state, settings);
  state.decay.set({ keep: keptBy(settings) });
}

/** Shrinks every parameter a little, then moves it by Adam's step, in place. */
export function applyAdamw(state: AdamwState, parameters: readonly Variable[], gradients: readonly Tensor[]): void {
  decayWeights(parameters, state.decay);
  applyAdam(state, parameters, gradients);
}

/** One update: `advanceAdamw`, then `applyAdamw`. */
export function updateAdamw(
  state: AdamwState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: AdamwSettings,
): void {
  advanceAdamw(state, settings);
  applyAdamw(state, parameters, gradients);
}
