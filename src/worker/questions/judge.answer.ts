/** The discriminator's scores of given images, of its rival's and of real ones. All in one turn, so that no weight moves between. */
import { score } from "../../gan/scoring.ts";
import { CommandError } from "../failures.ts";
import { imagesOf } from "../images.ts";
import type { Run } from "../run.ts";
import type { Answerer } from "./answers.ts";
import { checkImages, taken } from "./givenImages.ts";
import { countOf, portionsOf, type Portion } from "./imagePortions.ts";
import { joined } from "./joined.ts";
import { MOST_JUDGED, type JudgedImages, type JudgedSource } from "./judge.question.ts";

/** Images judged at once; more would only take more memory. */
const CHUNK = 64;

export const judge: Answerer<"judge"> = async (subject, { sources }) => {
  const { run } = subject.trainer;
  checkSources(run, sources);
  const groups: JudgedImages[] = [];
  for (const source of sources) groups.push(await judgeGroup(run, portionsOf(subject, source, CHUNK)));
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
