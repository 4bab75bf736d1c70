/** The gradient of the discriminator's output by an image's pixels (Simonyan, Vedaldi and Zisserman 2013, section 3). */
import { tidy } from "@tensorflow/tfjs-core";
import { scoreAndSlopes } from "../../gan/scoring.ts";
import { present } from "../../shared/invariant.ts";
import type { Answerer } from "./answers.ts";
import { checkImages, taken, tensorOf } from "./givenImages.ts";

export const saliency: Answerer<"saliency"> = async ({ trainer: { run } }, { image }) => {
  checkImages(run, image, 1);
  const { step } = run;
  const judged = tidy(() => scoreAndSlopes(run.gan, tensorOf(image)));
  // Both are freed, even where one of them cannot be read.
  const [[logit], slopes] = await Promise.all([taken(judged.values), taken(judged.slopes)]);
  return { step, logit: present(logit, "the score"), slopes };
};
