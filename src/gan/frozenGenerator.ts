/** The generator as it stood at one moment, for images that take a while to make. It must not know what they are for. */
import { tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { shownGenerator, type Gan } from "./gan.ts";
import { copyNetwork, disposeNetwork, EVALUATION, forward } from "./network.ts";

export interface FrozenGenerator {
  /** Images of latents [count, latentDim] as `generate` made them at that moment. The caller frees them. */
  images(z: Tensor2D): Tensor;
  dispose(): void;
}

/** Copies the weights, so that training can go on. */
export function freezeGenerator(gan: Gan): FrozenGenerator {
  const network = copyNetwork(shownGenerator(gan));
  return {
    images: (z) => tidy(() => forward(network, z, EVALUATION)),
    dispose: () => {
      disposeNetwork(network);
    },
  };
}
