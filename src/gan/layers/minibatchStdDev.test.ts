import { concat, setBackend, slice, tensor, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { buildNetwork, forward } from "../network.ts";

const SHAPE = [2, 2, 3];

function drawBatch(draw: number, scale: number): Tensor {
  const values = normal({ seed: 3, stream: "samples", draw }, 6 * 12).map((value) => value * scale);
  return tensor(values, [6, ...SHAPE]);
}

function through(groupSize: number | null, x: Tensor, batches: number): Tensor {
  const network = buildNetwork("discriminator", [{ type: "minibatchStdDev", groupSize }], SHAPE, 1);
  return forward(network, x, { training: true, batches, dropoutMasks: null });
}

/** The feature that the layer adds, for each item. */
const features = (y: Tensor) => [...slice(y, [0, 0, 0, 3], [-1, 1, 1, 1]).dataSync()];

describe("a minibatch standard deviation layer", () => {
  beforeAll(async () => {
    await setBackend("cpu");
  });

  test("sees real and fake batches each alone, also when both come at once", () => {
    const [real, fake] = [drawBatch(0, 1), drawBatch(1, 10)];
    for (const groupSize of [null, 3, 4]) {
      const apart = [...features(through(groupSize, real, 1)), ...features(through(groupSize, fake, 1))];
      expect(features(through(groupSize, concat([real, fake]), 2))).toEqual(apart);
      expect(apart[11]).toBeGreaterThan(5 * (apart[0] ?? NaN));
    }
  });

  test("makes groups of the largest size that divides the batch, at most the one that is asked for", () => {
    const x = drawBatch(0, 1);
    for (const [asked, groups] of [
      [null, 1],
      [64, 1],
      [6, 1],
      [5, 2],
      [4, 2],
      [2, 3],
    ] as const) {
      expect(new Set(features(through(asked, x, 1))).size, String(asked)).toBe(groups);
    }
  });
});
