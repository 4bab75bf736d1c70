/** Images of which is known what they show. It must not know data sets. */
import { tensor, type Tensor } from "@tensorflow/tfjs-core";

export interface LabelledImages {
  readonly shape: readonly [height: number, width: number, channels: number];
  /** [count, height, width, channels], row-major. */
  readonly pixels: Uint8Array;
  /** [count], each below the number of classes. */
  readonly labels: Uint8Array;
}

/** Images from the `first`-th on, [count, height, width, channels] in [−1, 1]. The caller frees them. */
export function imagesAt({ shape, pixels }: Omit<LabelledImages, "labels">, first: number, count: number): Tensor {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const values = Float32Array.from(pixels.subarray(first * size, (first + count) * size), (byte) => byte / 127.5 - 1);
  return tensor(values, [count, ...shape]);
}
