/** Images that a question brings with it: checked, and as a tensor. It must not know what is asked about them. */
import { tensor, type Tensor } from "@tensorflow/tfjs-core";
import { CommandError } from "../failures.ts";
import type { ImageBatch } from "../protocol.ts";
import type { Run } from "../run.ts";

/** Throws a CommandError unless these are `count` images of the run's shape. */
export function checkImages(run: Run, images: ImageBatch, count: number): void {
  const { imageShape } = run;
  const size = imageShape.reduce((product, dimension) => product * dimension, 1);
  if (
    images.count === count &&
    images.shape.join() === imageShape.join() &&
    images.pixels.length === images.count * size
  )
    return;
  const [wanted, got] = [imageShape, images.shape].map((shape) => shape.join(" × "));
  throw new CommandError(
    `The image is ${got ?? ""}, but this run makes ${wanted ?? ""}.`,
    count === 1 ? "Give one image of that size." : `Give ${String(count)} images of that size.`,
  );
}

/** [count, ...shape] in [−1, 1], exactly as the data set's own bytes are taken. The caller frees it. */
export function tensorOf({ count, shape, pixels }: ImageBatch): Tensor {
  return tensor(bytesAsInputs(pixels), [count, ...shape]);
}

/** Bytes as numbers in [−1, 1], as networks take them. */
export function bytesAsInputs(pixels: Uint8Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(pixels, (byte) => byte / 127.5 - 1);
}

/** The numbers of a tensor to keep and to hand over; the tensor is freed. */
export async function taken(result: Tensor): Promise<Float32Array<ArrayBuffer>> {
  try {
    // A backend may give a view of its own memory.
    return (await result.data<"float32">()).slice();
  } finally {
    result.dispose();
  }
}
