/** How sure a classifier is of each image, and how evenly it names all classes: one number. It must not know images. */
import { probabilitiesOf } from "./probabilities.ts";
import type { Rows } from "./rows.ts";

/**
 * exp(mean KL(p(y|x) ‖ p(y))) over the images of some logits, from 1 to the number of classes (Salimans et al. 2016, section
 * 4, with our own classifier in the place of Inception).
 */
export function classifierScore(logits: Rows): number {
  const marginal = new Float64Array(logits.width);
  let certainty = 0;
  for (let row = 0; row < logits.count; row++) {
    for (const [label, probability] of probabilitiesOf(logits, row).entries()) {
      marginal[label] = (marginal[label] ?? 0) + probability / logits.count;
      certainty += timesLogarithm(probability) / logits.count;
    }
  }
  // The mean divergence is the entropy of the mean less the mean of the entropies.
  return Math.exp(certainty - marginal.reduce((sum, probability) => sum + timesLogarithm(probability), 0));
}

/** p · log p, which is 0 at 0. */
function timesLogarithm(probability: number): number {
  return probability > 0 ? probability * Math.log(probability) : 0;
}
