/**
 * The updates of both players of one run: recorded when they are first made and replayed from then on, where the backend
 * can. It must not count them; whoever asks says which update it is, and on which images.
 */
import { dispose, tidy, type Tensor1D } from "@tensorflow/tfjs-core";
import { interpolationWeights, randomLatents } from "../engine/operations/randomDraws.ts";
import type { LiveBatch } from "../engine/operations/residentData.ts";
import { recordStep, type RecordedStep } from "../engine/recordedStep.ts";
import type { Config } from "../gan/config.ts";
import type { Gan } from "../gan/gan.ts";
import { computeDiscriminator, computeGenerator, prepareDiscriminator, prepareGenerator } from "../gan/trainStep.ts";
import { present } from "../shared/invariant.ts";

export interface Updates {
  /** The `update`-th of the discriminator, on the batch as it was chosen: [loss, penalty, gradientNorm, mean σ(D(x)), mean σ(D(G(z)))]. */
  discriminator(config: Config, update: number, batch: LiveBatch): Tensor1D;
  /** The `update`-th of the generator: [loss, gradientNorm, mean σ(D(G(z)))]. Either result stands until the next update of that player. */
  generator(config: Config, update: number): Tensor1D;
  /** Does all of that work once, for whoever wants to know its kernels; see engine/preparation.ts. */
  rehearse(config: Config, batch: LiveBatch): void;
  dispose(): void;
}

/** `config` is the one that the GAN was made by; live settings come anew with every update. */
export function createUpdates(gan: Gan, { seed, batchSize, latentDim, gradientPenalty }: Config): Updates {
  const keys = {
    latents: { stream: "discriminatorLatents", live: gan.draws.discriminator },
    interpolation: { stream: "interpolation", live: gan.draws.discriminator },
    generatorLatents: { stream: "generatorLatents", live: gan.draws.generator },
  } as const;
  let recorded: { readonly batch: LiveBatch; readonly clips: boolean; readonly step: RecordedStep } | null = null;

  function workOfDiscriminator(batch: LiveBatch): readonly Tensor1D[] {
    return tidy(() => {
      const real = batch.gather();
      const z = randomLatents(keys.latents, batchSize, latentDim);
      const epsilon = gradientPenalty?.type === "wganGp" ? interpolationWeights(keys.interpolation, batchSize) : null;
      return [computeDiscriminator(gan, { real, z, epsilon })];
    });
  }

  function workOfGenerator(): readonly Tensor1D[] {
    return tidy(() => [computeGenerator(gan, randomLatents(keys.generatorLatents, batchSize, latentDim))]);
  }

  const generator = recordStep(workOfGenerator);

  return {
    discriminator(config, update, batch) {
      // Whether weights are clipped is a part of the work itself, not a number that it reads.
      const clips = config.weightClip !== null;
      if (recorded?.batch !== batch || recorded.clips !== clips) {
        recorded?.step.dispose();
        recorded = { batch, clips, step: recordStep(() => workOfDiscriminator(batch)) };
      }
      prepareDiscriminator(gan, config, { seed, update });
      return onlyResult(recorded.step);
    },
    generator(config, update) {
      prepareGenerator(gan, config, { seed, update });
      return onlyResult(generator);
    },
    rehearse({ weightClip }, batch) {
      gan.clip.set({ limit: weightClip ?? 0 });
      dispose([...workOfDiscriminator(batch), ...workOfGenerator()]);
    },
    dispose() {
      recorded?.step.dispose();
      generator.dispose();
    },
  };
}

function onlyResult(step: RecordedStep): Tensor1D {
  return present(step.run()[0], "the measurements of an update") as Tensor1D;
}
