/** Images as the protocol carries them: bytes. It must not know where the numbers come from. */
import type { ImageBatch } from "./protocol.ts";

export type ImageShape = ImageBatch["shape"];

/** Images of numbers in [−1, 1] as bytes, rounded; what lies outside is clamped, and NaN is black. */
export function imagesOf(values: Float32Array, shape: ImageShape): ImageBatch {
  // A clamped array rounds halves to even and clamps by itself: https://tc39.es/ecma262/#sec-touint8clamp
  const clamped = new Uint8ClampedArray(values.length);
  for (let index = 0; index < values.length; index++) clamped[index] = ((values[index] ?? 0) + 1) * 127.5;
  return imagesOfBytes(new Uint8Array(clamped.buffer), shape);
}

/** Images whose pixels are bytes already. */
export function imagesOfBytes(pixels: Uint8Array<ArrayBuffer>, shape: ImageShape): ImageBatch {
  const [height, width, channels] = shape;
  return { count: pixels.length / (height * width * channels), shape, pixels };
}
