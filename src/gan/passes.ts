/** The passes through the networks that an update makes, each with dropout masks of its own. It must not know losses. */
import { MASKS_AN_UPDATE, type DropoutMasks } from "../engine/operations/dropout.ts";
import type { Pass } from "./network.ts";

/** What a batch is in an update; each has dropout masks of its own. The numbers are part of what a seed means. */
const PASS_PURPOSES = {
  fakesForDiscriminator: 0,
  real: 1,
  fake: 2,
  beside: 3,
  fakesForGenerator: 4,
  judgementForGenerator: 5,
  realForGenerator: 6,
} as const;

export type PassPurpose = keyof typeof PASS_PURPOSES;

const LAYERS_AT_MOST = MASKS_AN_UPDATE / 8;

/** A pass of batches, one after the other, each for a purpose of its own. */
export function trainingPass(live: DropoutMasks["live"], purposes: readonly PassPurpose[]): Pass {
  return {
    training: true,
    batches: purposes.length,
    dropoutMasks: (layerIndex) => ({
      live,
      places: purposes.map((purpose) => PASS_PURPOSES[purpose] * LAYERS_AT_MOST + layerIndex),
    }),
  };
}
