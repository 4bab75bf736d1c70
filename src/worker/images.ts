/** Images as the protocol carries them: bytes. It must not know where the numbers come from. */
import { bytesOf } from "../shared/pixels.ts";
import type { ImageBatch } from "./protocol.ts";

export type ImageShape = ImageBatch["shape"];

/** Images of numbers in [−1, 1] as bytes, rounded; what lies outside is clamped, and NaN is black. */
export function imagesOf(values: Float32Array, shape: ImageShape): ImageBatch {
  return imagesOfBytes(bytesOf(values), shape);
}

/** Images whose pixels are bytes already. */
export function imagesOfBytes(pixels: Uint8Array<ArrayBuffer>, shape: ImageShape): ImageBatch {
  const [height, width, channels] = shape;
  return { count: pixels.length / (height * width * channels), shape, pixels };
}
