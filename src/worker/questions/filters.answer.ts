/** The kernel of the discriminator's first layer, filter by filter, as small images. */
import { reshape, slice, tidy, transpose, type Tensor } from "@tensorflow/tfjs-core";
import type { LayerType } from "../../gan/config.ts";
import { kernelOf, type Network } from "../../gan/network.ts";
import { present } from "../../shared/invariant.ts";
import type { Answerer } from "./answers.ts";
import { MOST_FILTERS } from "./filters.question.ts";
import { taken } from "./givenImages.ts";

/** Layers behind which numbers are still the pixels. */
const KEEP_PIXELS: ReadonlySet<LayerType> = new Set(["flatten", "dropout"]);

export const filters: Answerer<"filters"> = async ({ trainer: { run } }) => {
  const { discriminator } = run.gan;
  const first = discriminator.layers.find(({ config }) => !KEEP_PIXELS.has(config.type));
  if (first?.kernel === undefined) return null;
  const { step } = run;
  const [, , channels] = run.imageShape;
  const images = tidy(() => imagesOfKernel(discriminator, first.index, channels));
  const [count, height, width] = images.shape as [number, number, number, number];
  const of = present(first.outputShape.at(-1), "the filters of a layer");
  const values = await taken(images);
  return { step, layer: first.index, type: first.config.type, of, count, shape: [height, width, channels], values };
};

/** [filters, height, width, channels]; labels that lie behind the image's channels are left out. */
function imagesOfKernel(network: Network, index: number, channels: number): Tensor {
  const kernel = present(kernelOf(network, index), "the kernel");
  const last = kernel.rank - 1;
  const turned = transpose(kernel, [last, ...Array.from({ length: last }, (_, axis) => axis)]);
  const [filters = 0] = turned.shape;
  const whole = kernel.rank === 2 ? reshape(turned, [filters, ...network.inputShape]) : turned;
  const [, height = 1, width = 1] = whole.shape;
  return slice(whole, 0, [Math.min(filters, MOST_FILTERS), height, width, channels]);
}
