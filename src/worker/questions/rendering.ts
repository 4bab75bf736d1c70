/** What the generator makes of given or fresh latents, in chunks. It must not know what the numbers are. */
import { CommandError } from "../failures.ts";
import type { Run } from "../run.ts";
import { MOST_RENDERED, type LatentSource } from "./render.question.ts";

/** Latents rendered at once; more would only take more memory. */
const CHUNK = 64;

/** Numbers of the generator's output, and where the first one stands among all. */
interface Rendered {
  readonly at: number;
  readonly values: Float32Array;
}

/** Throws a CommandError at once where the source is a strange one. */
export function rendered(run: Run, source: LatentSource): AsyncGenerator<Rendered> {
  checkSource(source, run.latentSize, run.gan.classes);
  return renderChunks(run, source);
}

async function* renderChunks(run: Run, source: LatentSource): AsyncGenerator<Rendered> {
  const { latentSize } = run;
  let at = 0;
  for (let first = 0; first < source.count; first += CHUNK) {
    const length = Math.min(CHUNK, source.count - first);
    const latents =
      source.kind === "given"
        ? source.values.subarray(first * latentSize, (first + length) * latentSize)
        : run.freshLatents(source.first + first, length, source.classes?.slice(first, first + length));
    const made = run.imagesOf(latents, length);
    const values = await made.data<"float32">();
    made.dispose();
    yield { at, values };
    at += values.length;
  }
}

function checkSource(source: LatentSource, latentSize: number, classes: number): void {
  if (!Number.isInteger(source.count) || source.count < 1 || source.count > MOST_RENDERED) {
    throw new CommandError(
      `${String(source.count)} images cannot be rendered at once.`,
      `Ask for 1 to ${String(MOST_RENDERED)} at a time.`,
    );
  }
  if (source.kind === "given" && source.values.length !== source.count * latentSize) {
    throw new CommandError(
      `${String(source.values.length)} numbers are not ${String(source.count)} latents of ${String(latentSize)}.`,
      `Give ${String(latentSize)} numbers for every image.`,
    );
  }
  if (source.kind === "fresh" && source.classes !== undefined) checkClasses(source.classes, source.count, classes);
}

function checkClasses(asked: readonly number[], count: number, classes: number): void {
  if (classes === 0) {
    throw new CommandError("This generator was not told classes.", "Train one with class labels, then ask again.");
  }
  const isClass = (label: number) => Number.isInteger(label) && label >= 0 && label < classes;
  if (asked.length === count && asked.every(isClass)) return;
  throw new CommandError(
    `These are not ${String(count)} classes.`,
    `Give a whole number from 0 to ${String(classes - 1)} for every image.`,
  );
}
