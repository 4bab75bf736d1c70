/** The leash of the first Wasserstein GAN (Arjovsky et al. 2017, algorithm 1, line 7). */
import { clipByValue, tidy, type Variable } from "@tensorflow/tfjs-core";
import { ranTogether } from "../kernels.ts";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";

export const CLIP_LIVE = { limit: "f32" } as const satisfies LiveLayout;

/** Clamps every weight to [−limit, limit], in place. */
export function clipWeights(parameters: readonly Variable[], live: LiveNumbers<keyof typeof CLIP_LIVE>): void {
  if (
    ranTogether(
      "DuelClipTogether",
      parameters.map((p) => ({ p })),
      live,
    )
  ) {
    return;
  }
  const { limit } = live.values;
  for (const parameter of parameters) {
    tidy(() => {
      parameter.assign(clipByValue(parameter, -limit, limit));
    });
  }
}
