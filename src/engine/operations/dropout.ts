/** Dropout (Srivastava et al. 2014) with masks that are functions of random keys, and its portable twin. */
import { mul, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { uniform } from "../../shared/random.ts";
import { drawn, fused } from "../kernels.ts";
import type { LiveNumbers } from "../liveNumbers.ts";
import type { DRAW_LIVE } from "./randomDraws.ts";

/** Masks that one update may draw; the draws of a later update begin after these. */
export const MASKS_AN_UPDATE = 512;

/**
 * Which draws of the stream "dropout" the masks are: one for each batch that the input holds, so that a batch loses the same
 * numbers wherever it stands. The draw of a mask is `live.draw` · MASKS_AN_UPDATE + its place, where `live.draw` counts updates.
 */
export interface DropoutMasks {
  readonly live: LiveNumbers<keyof typeof DRAW_LIVE>;
  /** Each from 0 to MASKS_AN_UPDATE − 1. */
  readonly places: readonly number[];
}

/**
 * Zeroes each element with probability `rate`, in [0, 1), and scales the others by 1 / (1 − rate). Any shape, of as many
 * batches of one size, one after the other, as there are masks.
 */
export function dropout(x: Tensor, rate: number, masks: DropoutMasks): Tensor {
  if (rate === 0) return x;
  return fused("DuelDropout", { x }, { rate, ...masks }) ?? mul(x, dropoutMask(x.shape, rate, masks));
}

/** 0 where `dropout` zeroes, and what it multiplies by elsewhere. */
function dropoutMask(shape: readonly number[], rate: number, masks: DropoutMasks): Tensor {
  const scale = 1 / (1 - rate);
  const { live, places } = masks;
  const fill = (mask: Float32Array) => {
    const size = mask.length / places.length;
    for (const [batch, place] of places.entries()) {
      const { seed, draw } = live.values;
      const draws = uniform({ seed, stream: "dropout", draw: draw * MASKS_AN_UPDATE + place }, size);
      mask.set(
        draws.map((number) => (number < rate ? 0 : scale)),
        batch * size,
      );
    }
  };
  const onDevice = drawn("DuelDropoutMask", { shape, rate, ...masks }) ?? drawn("DuelHostNumbers", { shape, fill });
  if (onDevice !== null) return onDevice;
  const mask = new Float32Array(shape.reduce((product, dimension) => product * dimension, 1));
  fill(mask);
  return tensor(mask, [...shape]);
}
