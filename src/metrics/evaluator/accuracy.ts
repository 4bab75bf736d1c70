/** How often a classifier is wrong. It must not know how it came by its weights. */
import { tidy } from "@tensorflow/tfjs-core";
import { classify, type Classifier } from "./classifier.ts";
import { imagesAt, type LabelledImages } from "./labelledImages.ts";

/** Images judged at once. */
const CHUNK = 250;

/** How many images it takes for one of another class. */
export async function countMistakes(classifier: Classifier, images: LabelledImages): Promise<number> {
  const { labels } = images;
  let mistakes = 0;
  for (let first = 0; first < labels.length; first += CHUNK) {
    const count = Math.min(CHUNK, labels.length - first);
    const logits = tidy(() => classify(classifier, imagesAt(images, first, count)).logits);
    const values = await logits.data();
    logits.dispose();
    for (let row = 0; row < count; row++) {
      const scores = values.slice(row * classifier.classes, (row + 1) * classifier.classes);
      if (scores.indexOf(Math.max(...scores)) !== labels[first + row]) mistakes += 1;
    }
  }
  return mistakes;
}
