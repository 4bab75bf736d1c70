/** The images that every subject in the browser trains on: uniform noise, the same bytes for all. It knows no tensors. */
import { DATA_SETS, type ImageSetEntry } from "../../src/data/catalogue.ts";
import { createBatchOrder } from "../../src/gan/batches.ts";
import { uniform } from "../../src/shared/random.ts";

const SEED = 1;
/** As many as one shard of MNIST has. */
const COUNT = 10_000;

/** A data set of noise in the shape of MNIST. */
export const NOISE: ImageSetEntry = { ...DATA_SETS.mnist, trainCount: COUNT };

export const IMAGE_SIZE = NOISE.shape.reduce((product, dimension) => product * dimension, 1);

/** [count, height, width, channels], every byte as likely as any other. */
export function noiseBytes(): Uint8Array<ArrayBuffer> {
  const draws = uniform({ seed: SEED, stream: "samples", draw: 0 }, COUNT * IMAGE_SIZE);
  return Uint8Array.from(draws, (draw) => Math.floor(draw * 256));
}

/** Batches for those who make them on the host: each [batch, height · width · channels] in [−1, 1], in a random order. */
export function createHostBatches(batchSize: number): () => Float32Array<ArrayBuffer> {
  const bytes = noiseBytes();
  const order = createBatchOrder(SEED, COUNT, COUNT);
  let drawn = 0;
  return () => {
    const batch = new Float32Array(batchSize * IMAGE_SIZE);
    for (const [row, item] of order.items(drawn, batchSize).entries()) {
      const image = bytes.subarray(item * IMAGE_SIZE, (item + 1) * IMAGE_SIZE);
      batch.set(
        Float32Array.from(image, (byte) => byte / 127.5 - 1),
        row * IMAGE_SIZE,
      );
    }
    drawn += batchSize;
    return batch;
  };
}
