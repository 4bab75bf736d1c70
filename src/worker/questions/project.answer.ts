/**
 * The latent whose image is most like a given one: gradient descent on z from several starts at once (Lipton and Tripathi
 * 2017, "Precise Recovery of Latent Vectors from Generative Adversarial Networks"). The generator stays as it is.
 */
import { mean, mul, reshape, square, sub, sum, tensor2d, tidy, valueAndGrad, add } from "@tensorflow/tfjs-core";
import type { Rank, Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { generate } from "../../gan/trainStep.ts";
import { CommandError } from "../failures.ts";
import { imagesOf } from "../images.ts";
import type { ImageBatch } from "../protocol.ts";
import type { Run } from "../run.ts";
import type { Answerer } from "./answers.ts";
import { checkImages, taken, tensorOf } from "./givenImages.ts";
import { LatentDescent } from "./latentDescent.ts";
import type { ProjectedImage } from "./project.question.ts";

/** Fresh latents that are tried first; the best of them are followed. */
const TRIED = 64;
const FOLLOWED = 8;
const MOST_STEPS = 2000;
/** Between two looks at what there is so far. */
const STEPS_BETWEEN_LOOKS = 5;
/** A pull to the middle, so that z stays where latents are likely: this much of its mean square beside that of the pixels. */
const PULL = 1e-3;

export const project: Answerer<"project"> = async function* ({ trainer: { run } }, { image, steps }) {
  checkQuestion(run, image, steps);
  const search = await Search.begin(run, image);
  try {
    for (let step = 1; step <= steps; step++) {
      await search.advance();
      yield step % STEPS_BETWEEN_LOOKS === 0 ? await search.best(step, steps) : undefined;
    }
    return await search.best(steps, steps);
  } finally {
    search.dispose();
  }
};

function checkQuestion(run: Run, image: ImageBatch, steps: number): void {
  checkImages(run, image, 1);
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) {
    throw new CommandError(`${steps} steps cannot be made.`, `Ask for 1 to ${String(MOST_STEPS)}.`);
  }
}

/** Several latents on their way to one image; where the generator is told classes, each keeps its own. */
class Search {
  readonly #run: Run;
  /** [1, ...imageShape] in [−1, 1]. */
  readonly #target: Tensor;
  readonly #descent: LatentDescent;

  private constructor(run: Run, target: Tensor, descent: LatentDescent) {
    this.#run = run;
    this.#target = target;
    this.#descent = descent;
  }

  static async begin(run: Run, image: ImageBatch): Promise<Search> {
    const target = tensorOf(image);
    const { latentSize } = run;
    const tried = run.freshLatents(0, TRIED);
    const errors = await taken(tidy(() => distances(run, tensor2d(tried, [TRIED, latentSize]), target)));
    const best = [...errors.keys()].sort((a, b) => (errors[a] ?? 0) - (errors[b] ?? 0)).slice(0, FOLLOWED);
    const z = Float32Array.from(best.flatMap((row) => [...tried.subarray(row * latentSize, (row + 1) * latentSize)]));
    return new Search(run, target, new LatentDescent(z, latentSize, run.gan.classes));
  }

  /** One step for every latent. */
  async advance(): Promise<void> {
    const slopes = tidy(() => valueAndGrad((z) => this.#objective(z as Tensor2D))(this.#latents()).grad);
    this.#descent.advance(await taken(slopes));
  }

  async best(step: number, steps: number): Promise<ProjectedImage> {
    const errors = await taken(tidy(() => distances(this.#run, this.#latents(), this.#target)));
    const row = errors.indexOf(Math.min(...errors));
    const latent = this.#descent.row(row);
    const pixels = await taken(this.#run.imagesOf(latent, 1));
    const image = imagesOf(pixels, this.#run.imageShape);
    return { step, steps, error: Math.sqrt(errors[row] ?? 0), latent, image };
  }

  dispose(): void {
    this.#target.dispose();
  }

  /** The sum over all latents: each has a gradient of its own. */
  #objective(z: Tensor2D): Scalar {
    const pull = mul(sum(mean(square(z), 1)), PULL);
    return add<Scalar>(sum(distances(this.#run, z, this.#target)), pull);
  }

  #latents(): Tensor2D {
    return tensor2d(this.#descent.latents, [FOLLOWED, this.#run.latentSize]);
  }
}

/** Mean squared difference of each image from the target, [count]. */
function distances({ gan }: Run, z: Tensor2D, target: Tensor): Tensor {
  const count = z.shape[0];
  const differences = square(sub(generate(gan, z), target));
  return mean(reshape<Rank.R2>(differences, [count, -1]), 1);
}
