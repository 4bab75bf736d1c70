/** Images that a question names, portion by portion: given, fresh, of the probe, or real. It must not know what is asked about them. */
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Run } from "../run.ts";
import type { Subject } from "./answers.ts";
import { tensorOf } from "./givenImages.ts";
import type { JudgedSource } from "./judge.question.ts";

/** How many images a source is asked for. */
export function countOf(run: Run, source: JudgedSource): number {
  if (source.kind === "probe") return run.probeCount;
  return source.kind === "given" ? source.images.count : source.count;
}

/** Images, [portion, ...shape] in [−1, 1], and what they are meant to show; null where nobody knows. */
export interface Judged {
  readonly images: Tensor;
  readonly labels: Tensor2D | null;
}

/** Makes one portion, to be freed by who asks. */
export type Portion = () => Judged | Promise<Judged>;

/** The images of a source, at most `chunk` at once; none where real ones have not come. */
export function portionsOf(
  { trainer: { run }, feed }: Subject,
  source: JudgedSource,
  chunk: number,
): readonly Portion[] {
  const count = countOf(run, source);
  const inChunks = (make: (first: number, length: number) => Judged): readonly Portion[] =>
    Array.from({ length: Math.ceil(count / chunk) }, (_, order) => () => {
      const first = order * chunk;
      return make(first, Math.min(chunk, count - first));
    });
  const realFrom = (start: number) => {
    const batches = feed.batches(run.config.seed);
    if (!batches.covers(start, count)) return [];
    return inChunks((first, length) => {
      const batch = run.gan.classes === 0 ? batches.createBatch(length) : batches.createLabelledBatch(length);
      batch.choose(batches.items(start + first, length));
      const judged = { images: batch.gather(), labels: batch.gatherLabels?.() ?? null };
      batch.dispose();
      return judged;
    });
  };
  switch (source.kind) {
    case "given": {
      const { shape, pixels } = source.images;
      const size = shape.reduce((product, dimension) => product * dimension, 1);
      return inChunks((first, length) => ({
        images: tensorOf({ count: length, shape, pixels: pixels.subarray(first * size, (first + length) * size) }),
        labels: null,
      }));
    }
    case "probe":
      return [async () => madeOf(run, await run.probeLatents(), count)];
    case "fresh":
      return inChunks((first, length) => madeOf(run, run.freshLatents(source.first + first, length), length));
    case "real":
      return realFrom(source.first);
    case "lastReal":
      return realFrom(Math.max(0, run.imagesShown - count));
    default:
      return source satisfies never;
  }
}

function madeOf(run: Run, latents: Float32Array, count: number): Judged {
  return { images: run.imagesOf(latents, count), labels: run.labelsOf(latents, count) };
}
