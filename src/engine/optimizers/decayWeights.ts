/** Weight decay beside the gradient (Loshchilov and Hutter 2019, algorithm 2, line 12), in place. It must not know optimisers. */
import { mul, tidy, type Variable } from "@tensorflow/tfjs-core";
import { ranTogether } from "../kernels.ts";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";

/** What stays of every weight. */
export const DECAY_LIVE = { keep: "f32" } as const satisfies LiveLayout;

/** 1 − learningRate · weightDecay, the decay of one update. */
export function keptBy(settings: { readonly learningRate: number; readonly weightDecay: number }): number {
  return 1 - settings.learningRate * settings.weightDecay;
}

/** p ← keep · p, in place. */
export function decayWeights(parameters: readonly Variable[], live: LiveNumbers<keyof typeof DECAY_LIVE>): void {
  const tensors = parameters.map((p) => ({ p }));
  if (ranTogether("DuelDecayTogether", tensors, live)) return;
  const { keep } = live.values;
  for (const parameter of parameters) {
    tidy(() => {
      parameter.assign(mul(parameter, keep));
    });
  }
}
