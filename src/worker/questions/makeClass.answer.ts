/**
 * The latent near a given one whose image a classifier reads as an item of a class: gradient descent on z, with a price on
 * the way that it goes. The generator and the classifier stay as they are.
 */
import { mul, tensor2d, tidy, valueAndGrad, type Scalar, type Tensor2D } from "@tensorflow/tfjs-core";
import { classification } from "../../engine/operations/classification.ts";
import { generate } from "../../gan/trainStep.ts";
import { classify, type Classifier } from "../../metrics/evaluator/classifier.ts";
import { probabilitiesOf } from "../../metrics/probabilities.ts";
import { withClass } from "../../shared/labelledLatent.ts";
import { costOfLength, slopeOfLength, withinPrior } from "../../shared/latentPrior.ts";
import { relative, type LatentVector } from "../../shared/latentSpace.ts";
import { CommandError } from "../failures.ts";
import { imagesOf } from "../images.ts";
import type { Run } from "../run.ts";
import type { Answerer } from "./answers.ts";
import { taken } from "./givenImages.ts";
import { LatentDescent } from "./latentDescent.ts";
import type { MadeClass } from "./makeClass.question.ts";

/** Followed at once: the latent itself, and relatives of it, for where the way from it alone is barred. */
const FOLLOWED = 8;
/** How strange the relatives are. */
const STRANGENESS = 0.25;
const MOST_STEPS = 2000;
/** Between two looks at what there is so far. */
const STEPS_BETWEEN_LOOKS = 5;
/**
 * The price of ½‖z − start‖², and of an unlikely length, beside the cross-entropy of the class. A z that went halfway to a
 * stranger pays about a third of what a reader who gives the class one chance in ten costs.
 */
const PRICE = 0.05;

export const makeClass: Answerer<"makeClass"> = async function* ({ trainer: { run }, evaluation }, question) {
  const { latent, label, steps } = question;
  if (evaluation === null) {
    throw new CommandError("Points in the plane have no classes.", "Choose a data set of images that has.");
  }
  checkQuestion(run, question);
  const classifier = await evaluation.classifier();
  const { classes } = run.gan;
  const known = classifier?.classes ?? classes;
  if (known === 0) {
    throw new CommandError(
      "Nothing here can tell the classes of this data set.",
      "Choose one with a classifier, or a generator that is told classes.",
    );
  }
  if (!Number.isInteger(label) || label < 0 || label >= known) {
    throw new CommandError(`There is no class ${String(label)}.`, `Ask for one from 0 to ${String(known - 1)}.`);
  }
  if (classes > 0) return told(run, classifier, withClass(latent, classes, label), label);
  if (classifier === null) throw new CommandError("Nothing here can tell classes.", "Choose another data set.");
  const search = new Search(run, classifier, latent, label);
  for (let step = 1; step <= steps; step++) {
    await search.advance();
    yield step % STEPS_BETWEEN_LOOKS === 0 ? await search.best(step, steps) : undefined;
  }
  return search.best(steps, steps);
};

function checkQuestion(run: Run, { latent, steps }: { readonly latent: LatentVector; readonly steps: number }): void {
  if (latent.length !== run.latentSize || !latent.every(Number.isFinite)) {
    throw new CommandError(
      `${String(latent.length)} numbers are not a latent of ${String(run.latentSize)}.`,
      `Give ${String(run.latentSize)} finite numbers.`,
    );
  }
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) {
    throw new CommandError(`${String(steps)} steps cannot be made.`, `Ask for 1 to ${String(MOST_STEPS)}.`);
  }
}

/** What a generator makes that has been told. */
async function told(run: Run, classifier: Classifier | null, latent: LatentVector, label: number): Promise<MadeClass> {
  const [probability = null] =
    classifier === null ? [] : await probabilities(run, classifier, tensorOf(latent, 1), label);
  return { step: 0, steps: 0, probability, distance: 0, latent, image: await imageOf(run, latent) };
}

/** Several latents on their way to a class. */
class Search {
  readonly #run: Run;
  readonly #classifier: Classifier;
  readonly #start: LatentVector;
  readonly #label: number;
  readonly #descent: LatentDescent;

  constructor(run: Run, classifier: Classifier, start: LatentVector, label: number) {
    this.#run = run;
    this.#classifier = classifier;
    this.#start = start;
    this.#label = label;
    const { seed, latentDistribution } = run.config;
    const starts = Array.from({ length: FOLLOWED }, (_, draw) =>
      draw === 0 ? start : relative(start, STRANGENESS, { seed, stream: "exploration", draw }, latentDistribution),
    );
    const latents = Float32Array.from(starts.flatMap((z) => [...z]));
    this.#descent = new LatentDescent(latents, start.length, 0);
  }

  /** One step for every latent, and back to where latents come from. */
  async advance(): Promise<void> {
    const { latentDistribution } = this.#run.config;
    const slopes = await taken(
      tidy(() => valueAndGrad((z) => this.#crossEntropy(z as Tensor2D))(this.#latents()).grad),
    );
    this.#eachRow((z, first) => {
      const away = slopeOfLength(z, latentDistribution);
      z.forEach((value, index) => {
        const price = PRICE * (value - (this.#start[index] ?? 0) + (away[index] ?? 0));
        slopes[first + index] = (slopes[first + index] ?? 0) + price;
      });
    });
    this.#descent.advance(slopes);
    this.#eachRow((z, first) => {
      this.#descent.latents.set(withinPrior(z, latentDistribution), first);
    });
  }

  /** That latent of which the class and the way cost least. */
  async best(step: number, steps: number): Promise<MadeClass> {
    const said = await probabilities(this.#run, this.#classifier, this.#latents(), this.#label);
    let best: { readonly cost: number; readonly row: number } | null = null;
    for (const [row, probability] of said.entries()) {
      const z = this.#descent.row(row);
      const way = 0.5 * this.#distance(z) ** 2 + costOfLength(z, this.#run.config.latentDistribution);
      const cost = PRICE * way - Math.log(Math.max(Number.MIN_VALUE, probability));
      if (best === null || cost < best.cost) best = { cost, row };
    }
    const row = best?.row ?? 0;
    const latent = this.#descent.row(row);
    const image = await imageOf(this.#run, latent);
    return { step, steps, probability: said[row] ?? null, distance: this.#distance(latent), latent, image };
  }

  /** The sum over all latents: each has a gradient of its own. */
  #crossEntropy(z: Tensor2D): Scalar {
    const { logits } = classify(this.#classifier, generate(this.#run.gan, z));
    const { classes } = this.#classifier;
    const wanted = new Float32Array(FOLLOWED * classes).map((_, index) => Number(index % classes === this.#label));
    return mul<Scalar>(classification(logits, tensor2d(wanted, [FOLLOWED, classes]), 1).loss, FOLLOWED);
  }

  #distance(z: LatentVector): number {
    return Math.hypot(...z.map((value, index) => value - (this.#start[index] ?? 0)));
  }

  #latents(): Tensor2D {
    return tensorOf(this.#descent.latents, FOLLOWED);
  }

  #eachRow(visit: (z: LatentVector, first: number) => void): void {
    for (let row = 0; row < FOLLOWED; row++) visit(this.#descent.row(row), row * this.#start.length);
  }
}

function tensorOf(latents: LatentVector, count: number): Tensor2D {
  return tensor2d(latents, [count, latents.length / count]);
}

/** How sure the classifier is of the class in each latent's image; frees the latents. */
async function probabilities(
  run: Run,
  classifier: Classifier,
  latents: Tensor2D,
  label: number,
): Promise<readonly number[]> {
  const logits = tidy(() => classify(classifier, generate(run.gan, latents)).logits);
  latents.dispose();
  const [count] = logits.shape;
  const rows = { width: classifier.classes, values: await taken(logits) };
  return Array.from({ length: count }, (_, row) => probabilitiesOf({ ...rows, count }, row)[label] ?? 0);
}

async function imageOf(run: Run, latent: LatentVector): Promise<MadeClass["image"]> {
  return imagesOf(await taken(run.imagesOf(latent, 1)), run.imageShape);
}
