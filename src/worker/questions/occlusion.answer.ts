/**
 * Hides an image bit by bit, and watches the discriminator's output (Zeiler and Fergus 2014, section 4.2). All in one turn, so
 * that no weight moves between.
 */
import { tensor } from "@tensorflow/tfjs-core";
import { score } from "../../gan/scoring.ts";
import { present } from "../../shared/invariant.ts";
import type { ImageBatch } from "../protocol.ts";
import type { Answerer } from "./answers.ts";
import { bytesAsInputs, checkImages, taken } from "./givenImages.ts";
import { joined } from "./joined.ts";
import { OCCLUSION_PLACES } from "./occlusion.question.ts";

/** The side of the patch beside that of the image. */
const PATCH = 0.2;
const BLACK = -1;
/** Images judged at once; more would only take more memory. */
const CHUNK = 64;

export const occlusion: Answerer<"occlusion"> = async ({ trainer: { run } }, { image }) => {
  checkImages(run, image, 1);
  const [height, width] = image.shape;
  const [rows, columns] = [Math.min(OCCLUSION_PLACES, height), Math.min(OCCLUSION_PLACES, width)];
  const places = Array.from({ length: rows * columns }, (_, place) => place);
  const values = bytesAsInputs(image.pixels);
  const scoresOf = async (parts: readonly Float32Array[]): Promise<Float32Array> => {
    const images = tensor(joined(parts), [parts.length, ...image.shape]);
    try {
      return await taken(score(run.gan, images));
    } finally {
      images.dispose();
    }
  };
  const [logit] = await scoresOf([values]);
  const unhidden = present(logit, "the score of the whole image");
  // A layer that compares the images of a batch must see each alone, as it saw the whole one.
  const compares = run.config.discriminator.some(({ type }) => type === "minibatchStdDev");
  const chunk = compares ? 1 : CHUNK;
  const falls = new Float32Array(rows * columns);
  for (let first = 0; first < places.length; first += chunk) {
    const hidden = places.slice(first, first + chunk).map((place) => {
      const [row, column] = [Math.floor(place / columns), place % columns];
      return hide(values, image.shape, ((row + 0.5) * height) / rows, ((column + 0.5) * width) / columns);
    });
    const logits = await scoresOf(hidden);
    falls.set(
      logits.map((hiddenLogit) => unhidden - hiddenLogit),
      first,
    );
  }
  return { step: run.step, rows, columns, falls };
};

/** The image with a black patch around a place. */
function hide(values: Float32Array, shape: ImageBatch["shape"], y: number, x: number): Float32Array {
  const [height, width, channels] = shape;
  const hidden = values.slice();
  const [high, wide] = [Math.ceil(PATCH * height), Math.ceil(PATCH * width)];
  const [top, left] = [Math.round(y - high / 2), Math.round(x - wide / 2)];
  for (let row = Math.max(0, top); row < Math.min(height, top + high); row++) {
    const from = row * width + Math.max(0, left);
    hidden.fill(BLACK, from * channels, (row * width + Math.min(width, left + wide)) * channels);
  }
  return hidden;
}
