/** Images of given or fresh latents, made in chunks, between which the run may go on. */
import { imagesOf } from "../images.ts";
import type { Answerer } from "./answers.ts";
import { rendered } from "./rendering.ts";

export const render: Answerer<"render"> = async ({ trainer: { run } }, source) => {
  const { imageShape: shape } = run;
  const chunks = rendered(run, source);
  const pixels = new Uint8Array(source.count * shape.reduce((product, size) => product * size, 1));
  for await (const { at, values } of chunks) pixels.set(imagesOf(values, shape).pixels, at);
  return { count: source.count, shape, pixels };
};
