/**
 * One run: a GAN, the counters that every random draw comes from, and the settings that hold now. It makes single
 * updates and images; it must not know messages, time or display.
 */
import { tensor2d, tidy } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { interpolationWeights, randomLatents } from "../engine/operations/randomDraws.ts";
import type { Config } from "../gan/config.ts";
import { createGan } from "../gan/gan.ts";
import type { Gan } from "../gan/gan.ts";
import { fingerprint, summary } from "../gan/network.ts";
import { generate, updateDiscriminator, updateGenerator } from "../gan/trainStep.ts";
import { normal } from "../shared/random.ts";
import type { Fingerprints, ReadyEvent, RunId } from "./protocol.ts";
import type { ImageShape } from "./images.ts";

/** Cells of the sample grid. */
export const PROBE_COUNT = 64;

/** Where a run takes its real images from: `count` of them from the `first`-th of its order on, which is endless. */
export interface Batches {
  /** Whether all of these images have come. */
  covers(this: void, first: number, count: number): boolean;
  /** [count, height, width, channels] in [−1, 1]. The caller frees it. */
  gather(this: void, first: number, count: number): Tensor;
}

export class Run {
  readonly id: RunId;
  readonly imageShape: ImageShape;
  readonly #gan: Gan;
  readonly #probe: Tensor2D;
  #config: Config;
  #discriminatorUpdates = 0;
  #generatorUpdates = 0;

  /** Builds networks for images of that shape. Throws NetworkError, and then holds nothing. */
  constructor(id: RunId, config: Config, imageShape: ImageShape) {
    this.id = id;
    this.imageShape = imageShape;
    this.#config = config;
    this.#gan = createGan(config, imageShape, config.seed);
    this.#probe = randomLatents({ seed: config.seed, stream: "probe", draw: 0 }, PROBE_COUNT, config.latentDim);
  }

  /** The config with what was tuned since. */
  get config(): Config {
    return this.#config;
  }

  /** Steps done: updates of the generator. */
  get step(): number {
    return this.#generatorUpdates;
  }

  /** Real images that the discriminator has been shown. */
  get imagesShown(): number {
    return this.#discriminatorUpdates * this.#config.batchSize;
  }

  /** Takes over changed live settings; they act at the next update. */
  retune(config: Config): void {
    this.#config = config;
  }

  /** Whether the real images of the next `updates` updates of the discriminator are there. */
  canUpdateDiscriminator(batches: Batches, updates: number): boolean {
    return batches.covers(this.imagesShown, updates * this.#config.batchSize);
  }

  /** One update; answers [loss, penalty, gradientNorm, meanRealScore, meanFakeScore], which the caller frees. */
  updateDiscriminator(batches: Batches): Tensor1D {
    const { seed, batchSize, latentDim, gradientPenalty } = this.#config;
    const draw = this.#discriminatorUpdates;
    return tidy(() => {
      const real = batches.gather(this.imagesShown, batchSize);
      const z = randomLatents({ seed, stream: "discriminatorLatents", draw }, batchSize, latentDim);
      const epsilon =
        gradientPenalty?.type === "wganGp"
          ? interpolationWeights({ seed, stream: "interpolation", draw }, batchSize)
          : null;
      const measured = updateDiscriminator(this.#gan, { real, z, epsilon }, this.#config, { seed, update: draw });
      this.#discriminatorUpdates += 1;
      return measured;
    });
  }

  /** One update, with which a step ends; answers [loss, gradientNorm, meanFakeScore], which the caller frees. */
  updateGenerator(): Tensor1D {
    const { seed, batchSize, latentDim } = this.#config;
    const draw = this.#generatorUpdates;
    return tidy(() => {
      const z = randomLatents({ seed, stream: "generatorLatents", draw }, batchSize, latentDim);
      const measured = updateGenerator(this.#gan, z, this.#config, { seed, update: draw });
      this.#generatorUpdates += 1;
      return measured;
    });
  }

  /** Images of the probe, [64, height, width, channels] in [−1, 1]. The caller frees it. */
  probeImages(): Tensor {
    return tidy(() => generate(this.#gan, this.#probe));
  }

  /** Images of those latents, `values` being rows of latentDim numbers. The caller frees it. */
  imagesOf(values: Float32Array, count: number): Tensor {
    return tidy(() => generate(this.#gan, tensor2d(values, [count, this.#config.latentDim])));
  }

  /** `count` latents from the `first`-th on; each is a draw of its own, so that they do not depend on how many are asked. */
  freshLatents(first: number, count: number): Float32Array<ArrayBuffer> {
    const { seed, latentDim } = this.#config;
    const values = new Float32Array(count * latentDim);
    for (let row = 0; row < count; row++) {
      values.set(normal({ seed, stream: "samples", draw: first + row }, latentDim), row * latentDim);
    }
    return values;
  }

  async fingerprints(): Promise<Fingerprints> {
    return {
      generator: await fingerprint(this.#gan.generator),
      discriminator: await fingerprint(this.#gan.discriminator),
    };
  }

  networks(): ReadyEvent["networks"] {
    return { generator: summary(this.#gan.generator), discriminator: summary(this.#gan.discriminator) };
  }

  dispose(): void {
    this.#gan.dispose();
    this.#probe.dispose();
  }
}
