/**
 * Instance noise (Sønderby et al. 2017, section 3.3; Arjovsky and Bottou 2017, section 3): whatever the discriminator is shown
 * is blurred, so that real and fake overlap and it cannot be sure. It must not know where the noise comes from.
 */
import { add, mul, type Tensor } from "@tensorflow/tfjs-core";
import type { LiveLayout, LiveNumbers } from "../engine/liveNumbers.ts";
import { liveScalar } from "../engine/operations/liveScalar.ts";

/** How strong the noise is, in standard deviations of the numbers of the data. */
export const NOISE_LIVE = { deviation: "f32" } as const satisfies LiveLayout;

/** x + σ · n for data and standard normal numbers of one shape, [batch, ...dataShape]. */
export function blurred(data: Tensor, noise: Tensor, live: LiveNumbers<keyof typeof NOISE_LIVE>): Tensor {
  return add(data, mul(noise, liveScalar(live, "deviation")));
}
