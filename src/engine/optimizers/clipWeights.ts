/** The leash of the first Wasserstein GAN (Arjovsky et al. 2017, algorithm 1, line 7). */
import { clipByValue, tidy, type Variable } from "@tensorflow/tfjs-core";

/** Clamps every weight to [−limit, limit], in place. */
export function clipWeights(parameters: readonly Variable[], limit: number): void {
  for (const parameter of parameters) {
    tidy(() => {
      parameter.assign(clipByValue(parameter, -limit, limit));
    });
  }
}
