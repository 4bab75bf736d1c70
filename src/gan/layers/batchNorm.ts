/** The batch normalisation layer. */
import { batchNorm as batchNormOperation, normalizeByRunning } from "../../engine/operations/batchNorm.ts";
import { present } from "../../shared/invariant.ts";
import type { LayerRule } from "./layer.ts";

/** Any shape → the same; one gamma, beta, movingMean and movingVariance for each channel of the last axis. */
export const batchNorm: LayerRule<"batchNorm"> = (_config, inputShape) => {
  const shape = [present(inputShape.at(-1), "the channel dimension")];
  return {
    outputShape: inputShape,
    parameters: [
      { name: "gamma", shape, initializer: "ones", trainable: true },
      { name: "beta", shape, initializer: "zeros", trainable: true },
      { name: "movingMean", shape, initializer: "zeros", trainable: false },
      { name: "movingVariance", shape, initializer: "ones", trainable: false },
    ],
    takesActivation: true,
    forward: (x, weight, { training, batches }, activation) => {
      const running = { mean: weight("movingMean"), variance: weight("movingVariance") };
      const [gamma, beta] = [weight("gamma"), weight("beta")];
      return training
        ? batchNormOperation(x, gamma, beta, running, batches, activation)
        : normalizeByRunning(x, gamma, beta, running, activation);
    },
  };
};
