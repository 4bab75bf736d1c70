/** The classifier's weights as a file: every number as a half, one after the other. It must not know how they travel. */
import { dispose, tensor, tidy } from "@tensorflow/tfjs-core";
import type { Shape } from "../../gan/layers/layerShape.ts";
import { halfOf, numberOf } from "../../shared/halfFloat.ts";
import { buildClassifier, type Classifier } from "./classifier.ts";

export const HALF_BYTES = 2;

/** All weights and running statistics in the order of the layers, little-endian. */
export async function packWeights({ network }: Classifier): Promise<Uint8Array<ArrayBuffer>> {
  const values: number[] = [];
  for (const weight of network.weights.values()) values.push(...(await weight.data()));
  const view = new DataView(new ArrayBuffer(values.length * HALF_BYTES));
  for (const [index, value] of values.entries()) view.setUint16(index * HALF_BYTES, halfOf(value), true);
  return new Uint8Array(view.buffer);
}

/** The classifier of packed weights, which the caller frees. Throws where the file has another size than they need. */
export function unpackWeights(bytes: Uint8Array, imageShape: Shape, classes: number): Classifier {
  const classifier = buildClassifier(imageShape, classes, 0);
  const weights = [...classifier.network.weights.values()];
  const needed = weights.reduce((sum, { size }) => sum + size, 0) * HALF_BYTES;
  if (bytes.length !== needed) {
    dispose(weights);
    throw new Error(`the evaluator has ${bytes.length} bytes of weights instead of ${needed}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  for (const weight of weights) {
    const values = Float32Array.from({ length: weight.size }, () => {
      const value = numberOf(view.getUint16(offset, true));
      offset += HALF_BYTES;
      return value;
    });
    tidy(() => {
      weight.assign(tensor(values, weight.shape));
    });
  }
  return classifier;
}
