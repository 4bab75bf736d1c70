/** Images of given or fresh latents, made in chunks, between which the run may go on. */
import { CommandError } from "../failures.ts";
import { imagesOf } from "../images.ts";
import type { Answerer } from "./answers.ts";
import { MOST_RENDERED, type LatentSource } from "./render.question.ts";

/** Latents rendered at once; more would only take more memory. */
const CHUNK = 64;

export const render: Answerer<"render"> = async ({ trainer: { run } }, source) => {
  const { latentDim } = run.config;
  checkSource(source, latentDim);
  const { count } = source;
  const itemSize = run.imageShape.reduce((product, size) => product * size, 1);
  const pixels = new Uint8Array(count * itemSize);
  for (let first = 0; first < count; first += CHUNK) {
    const length = Math.min(CHUNK, count - first);
    const latents =
      source.kind === "given"
        ? source.values.subarray(first * latentDim, (first + length) * latentDim)
        : run.freshLatents(source.first + first, length);
    const images = run.imagesOf(latents, length);
    const values = await images.data<"float32">();
    images.dispose();
    pixels.set(imagesOf(values, run.imageShape).pixels, first * itemSize);
  }
  return { count, shape: run.imageShape, pixels };
};

function checkSource(source: LatentSource, latentDim: number): void {
  if (!Number.isInteger(source.count) || source.count < 1 || source.count > MOST_RENDERED) {
    throw new CommandError(
      `${String(source.count)} images cannot be rendered at once.`,
      `Ask for 1 to ${String(MOST_RENDERED)} at a time.`,
    );
  }
  if (source.kind === "given" && source.values.length !== source.count * latentDim) {
    throw new CommandError(
      `${String(source.values.length)} numbers are not ${String(source.count)} latents of ${String(latentDim)}.`,
      "Give latentDim numbers for every image.",
    );
  }
}
