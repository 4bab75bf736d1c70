/** How much images differ from each other, beside others. Pure: it must not know who made them. */
import type { ImageBatch } from "../../worker/protocol.ts";

/** The spread of `images` about their mean image beside that of `others`; null where either has none, or they are of two shapes. */
export function varietyOf(images: ImageBatch | null, others: ImageBatch | null): number | null {
  if (images === null || others === null) return null;
  if (images.count < 2 || others.count < 2 || images.shape.join() !== others.shape.join()) return null;
  const spread = spreadOf(others);
  return spread === 0 ? null : spreadOf(images) / spread;
}

/** Root of the variance of a pixel over the images, in the mean over all pixels. */
function spreadOf({ count, pixels }: ImageBatch): number {
  const size = pixels.length / count;
  let variances = 0;
  for (let pixel = 0; pixel < size; pixel++) {
    let [sum, squares] = [0, 0];
    for (let index = pixel; index < pixels.length; index += size) {
      const value = pixels[index] ?? 0;
      sum += value;
      squares += value * value;
    }
    variances += squares / count - (sum / count) ** 2;
  }
  return Math.sqrt(Math.max(0, variances / size));
}
