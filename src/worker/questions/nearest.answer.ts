/** Which training images samples are most like, and how far from them. */
import { CommandError } from "../failures.ts";
import type { NearestImage } from "../../metrics/nearestImages.ts";
import type { Answerer } from "./answers.ts";
import { checkImages } from "./givenImages.ts";
import { evaluationOf } from "./measurable.ts";
import { MOST_COMPARED } from "./nearest.question.ts";

export const nearest: Answerer<"nearest"> = async function* (subject, { images }) {
  checkImages(subject.trainer.run, images, images.count);
  if (images.count > MOST_COMPARED) {
    throw new CommandError(
      `${String(images.count)} images cannot be compared at once.`,
      `Ask for at most ${String(MOST_COMPARED)} at a time.`,
    );
  }
  const evaluation = evaluationOf(subject);
  const found: NearestImage[] = [];
  const size = images.pixels.length / images.count;
  for (let index = 0; index < images.count; index++) {
    found.push(yield* evaluation.findNearest(images.pixels.subarray(index * size, (index + 1) * size)));
  }
  return {
    images: evaluation.imagesAt(found.map(({ item }) => item)),
    distances: found.map(({ distance }) => distance),
    unseen: await evaluation.unseenDistances(),
  };
};
