/** The question for the points that the generator makes of given or fresh latents: types alone. */
import type { LatentSource } from "./render.question.ts";

/** Points by the weights that stand, [count, 2]. At most MOST_RENDERED of them at a time. */
export interface PointsQuestion {
  readonly question: LatentSource;
  readonly interim: never;
  readonly answer: Float32Array<ArrayBuffer>;
}
