/** What the discriminator says of images when nobody learns. It must not know losses, updates or where images come from. */
import { tidy, type Tensor } from "@tensorflow/tfjs-core";
import { valuesAndSlopes } from "../engine/gradients.ts";
import type { Gan } from "./gan.ts";
import { EVALUATION, forward } from "./network.ts";

/**
 * The logits of images [count, ...dataShape] in [−1, 1], by the running statistics and without dropout: [count, 1]. The
 * caller frees them.
 */
export function score({ discriminator }: Gan, images: Tensor): Tensor {
  return tidy(() => forward(discriminator, images, EVALUATION));
}

/** The logits, and the gradient of each by the pixels of its own image: [count, 1] and the images' shape. Call it within a tidy. */
export function scoreAndSlopes({ discriminator }: Gan, images: Tensor): ReturnType<typeof valuesAndSlopes> {
  return valuesAndSlopes((x) => forward(discriminator, x, EVALUATION), images);
}
