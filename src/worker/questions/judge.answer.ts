/** The discriminator's scores of given images, of its rival's and of real ones. All in one turn, so that no weight moves between. */
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { score } from "../../gan/scoring.ts";
import { CommandError } from "../failures.ts";
import { imagesOf } from "../images.ts";
import type { Run } from "../run.ts";
import type { Answerer, Subject } from "./answers.ts";
import { checkImages, taken, tensorOf } from "./givenImages.ts";
import { joined } from "./joined.ts";
import { MOST_JUDGED, type JudgedImages, type JudgedSource } from "./judge.question.ts";

/** Images judged at once; more would only take more memory. */
const CHUNK = 64;

export const judge: Answerer<"judge"> = async (subject, { sources }) => {
  const { run } = subject.trainer;
  checkSources(run, sources);
  const groups: JudgedImages[] = [];
  for (const source of sources) groups.push(await judgeGroup(run, portionsOf(subject, source)));
  return { step: run.step, groups };
};

function checkSources(run: Run, sources: readonly JudgedSource[]): void {
  for (const source of sources) if (source.kind === "given") checkImages(run, source.images, source.images.count);
  const counts = sources.map((source) => countOf(run, source));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.every((count) => Number.isInteger(count) && count >= 0) && total <= MOST_JUDGED) return;
  throw new CommandError(
    `${String(total)} images cannot be judged at once.`,
    `Ask for at most ${String(MOST_JUDGED)} at a time.`,
  );
}

function countOf(run: Run, source: JudgedSource): number {
  if (source.kind === "probe") return run.probeCount;
  return source.kind === "given" ? source.images.count : source.count;
}

/** Images, [portion, ...shape] in [−1, 1], and what they are meant to show; null where nobody knows. */
interface Judged {
  readonly images: Tensor;
  readonly labels: Tensor2D | null;
}

/** Makes one portion, to be freed by who asks. */
type Portion = () => Judged | Promise<Judged>;

function portionsOf({ trainer: { run }, feed }: Subject, source: JudgedSource): readonly Portion[] {
  const count = countOf(run, source);
  const inChunks = (make: (first: number, length: number) => Judged): readonly Portion[] =>
    Array.from({ length: Math.ceil(count / CHUNK) }, (_, chunk) => () => {
      const first = chunk * CHUNK;
      return make(first, Math.min(CHUNK, count - first));
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

async function judgeGroup(run: Run, portions: readonly Portion[]): Promise<JudgedImages> {
  const pixels: Float32Array[] = [];
  const logits: Float32Array[] = [];
  for (const make of portions) {
    const { images, labels } = await make();
    try {
      logits.push(await taken(score(run.gan, images, labels)));
    } finally {
      labels?.dispose();
      pixels.push(await taken(images));
    }
  }
  return { images: imagesOf(joined(pixels), run.imageShape), logits: joined(logits) };
}
