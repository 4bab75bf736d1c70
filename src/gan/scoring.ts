/** What the discriminator says of images when nobody learns. It must not know losses, updates or where images come from. */
import { argMax, concat, fill, max, oneHot, tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { valuesAndSlopes } from "../engine/gradients.ts";
import { discriminate } from "./conditioning.ts";
import type { Gan } from "./gan.ts";
import { EVALUATION } from "./network.ts";

/**
 * The logits of images [count, ...dataShape] in [−1, 1], by the running statistics and without dropout: [count, 1]. Where the
 * score depends on the class, it is that of the labels [count, classes], else of the class that suits each image best. The
 * caller frees them.
 */
export function score(gan: Gan, images: Tensor, labels: Tensor2D | null = null): Tensor {
  return tidy(() => logitsOf(gan, images, labels));
}

/** The logits, and the gradient of each by the pixels of its own image: [count, 1] and the images' shape. Call it within a tidy. */
export function scoreAndSlopes(
  gan: Gan,
  images: Tensor,
  labels: Tensor2D | null = null,
): ReturnType<typeof valuesAndSlopes> {
  return valuesAndSlopes((x) => logitsOf(gan, x, labels), images);
}

/** The classes that suit images best, [count, classes]; null where the score does not depend on them. The caller frees them. */
export function bestLabels(gan: Gan, images: Tensor): Tensor2D | null {
  const { conditioning } = gan.config;
  if (conditioning === null || conditioning.type === "auxiliaryClassifier") return null;
  return tidy(() => oneHot(argMax(logitsByClass(gan, images), 1), gan.classes, 1, 0, "float32") as Tensor2D);
}

function logitsOf(gan: Gan, images: Tensor, labels: Tensor2D | null): Tensor {
  const { conditioning } = gan.config;
  // Without labels an auxiliary classifier's discriminator gives its score alone, which no class changes.
  if (conditioning === null || conditioning.type === "auxiliaryClassifier")
    return discriminate(gan, images, null, EVALUATION);
  if (labels !== null) return discriminate(gan, images, labels, EVALUATION);
  return max(logitsByClass(gan, images), 1, true);
}

/** [count, classes] */
function logitsByClass(gan: Gan, images: Tensor): Tensor {
  const [count = 0] = images.shape;
  const byClass = Array.from({ length: gan.classes }, (_, label) => {
    const all = oneHot(fill([count], label, "int32"), gan.classes, 1, 0, "float32") as Tensor2D;
    return discriminate(gan, images, all, EVALUATION);
  });
  return concat(byClass, 1);
}
