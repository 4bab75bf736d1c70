/** Where class labels go into the two networks, as shapes and layers. It makes no tensors, so that the page can ask. */
import type { LayerConfig, TrainingConfig } from "./config.ts";
import { sizeOf, type Shape } from "./layers/layerShape.ts";

/** The fields of a config that say where labels go. */
export type LabelledConfig = Pick<TrainingConfig, "latentDim" | "conditioning" | "discriminator">;

/** What the generator is given: latents and, where it is told classes, a number for each class after them. */
export function generatorInputShape({ latentDim, conditioning }: LabelledConfig, classes: number): Shape {
  return [conditioning === null ? latentDim : latentDim + classes];
}

/**
 * What the discriminator is given: images and, where labels are put beside them, a channel for each class, of ones for the
 * class and of zeros for the others. Images that it flattens at once come flat, with a number for each class after them.
 */
export function discriminatorInputShape(config: LabelledConfig, dataShape: Shape, classes: number): Shape {
  if (config.conditioning?.type !== "concatenation") return dataShape;
  const isFlat = dataShape.length === 1 || config.discriminator[0]?.type === "flatten";
  if (isFlat) return [sizeOf(dataShape) + classes];
  return [...dataShape.slice(0, -1), (dataShape.at(-1) ?? 0) + classes];
}

/**
 * The second layer over the features that the discriminator's last layer gets, or null where it needs none. A projection's
 * has the embedding of a class in each column of its kernel; a classifier's makes the class logits. As in the last layer,
 * its kernel may be normalised by its spectrum.
 */
export function headOf({ conditioning, discriminator }: LabelledConfig, classes: number): LayerConfig | null {
  if (conditioning === null || conditioning.type === "concatenation") return null;
  const last = discriminator.at(-1);
  const isSpectral = last?.type === "dense" && last.spectralNorm === true;
  return {
    type: "dense",
    units: classes,
    useBias: conditioning.type === "auxiliaryClassifier",
    ...(isSpectral ? { spectralNorm: true } : {}),
  };
}
