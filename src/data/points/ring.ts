/** One ring: the generator has to bend its latents round and to leave the middle empty. */
import { alongArcs, WHOLE_TURN } from "./arcs.ts";

export const ring = alongArcs([{ center: [0, 0], radius: 1.3, from: 0, sweep: WHOLE_TURN }], 0.06);
