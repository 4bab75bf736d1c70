/** The batch normalisation layer. */
import { batchNorm as batchNormOperation, normalizeByRunning } from "../../engine/operations/batchNorm.ts";
import { batchNormShape } from "./batchNorm.shape.ts";
import type { LayerRule } from "./layer.ts";

export const batchNorm: LayerRule<"batchNorm"> = (config, inputShape) => ({
  ...batchNormShape(config, inputShape),
  takesActivation: true,
  forward: (x, weight, { training, batches }, activation) => {
    const running = { mean: weight("movingMean"), variance: weight("movingVariance") };
    const [gamma, beta] = [weight("gamma"), weight("beta")];
    return training
      ? batchNormOperation(x, gamma, beta, running, batches, activation)
      : normalizeByRunning(x, gamma, beta, running, activation);
  },
});
