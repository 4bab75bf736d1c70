/**
 * The updates of both players of one run: recorded when they are first made and replayed from then on, where the backend
 * can. It must not count them; whoever asks says which update it is, and on which images.
 */
import { dispose, tidy, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import type { LiveBatch } from "../engine/operations/residentData.ts";
import { recordVariants, type RecordedVariants } from "../engine/recordedVariants.ts";
import { recordsSteps, type Refusal } from "../engine/stepGraph.ts";
import { describeVariable } from "../engine/variableData.ts";
import type { Config, Phase } from "../gan/config.ts";
import { drawForDiscriminator, drawForGenerator } from "../gan/draws.ts";
import { setAveraging, type Gan } from "../gan/gan.ts";
import { LOSSES } from "../gan/losses.ts";
import { computeDiscriminator, computeGenerator, prepareDiscriminator, prepareGenerator } from "../gan/trainStep.ts";
import type { Onlooker } from "../gan/trainStep.ts";
import { discriminatorWork, generatorWork } from "../gan/work.ts";
import type { DiscriminatorWork, GeneratorWork, LiveSettings } from "../gan/work.ts";
import { present } from "../shared/invariant.ts";

export interface Updates {
  /** The `update`-th of the discriminator, on the batch as it was chosen: what `computeDiscriminator` measures. */
  discriminator(live: LiveSettings, update: number, batch: LiveBatch, look?: Onlooker): Tensor1D;
  /**
   * The `update`-th of the generator: what `computeGenerator` measures. Where the loss looks at real images, they are those of
   * the batch as it was chosen. Either result stands until the next update of that player. With somebody looking on, an
   * update is made anew instead of replayed, to the same weights.
   */
  generator(live: LiveSettings, update: number, look?: Onlooker, batch?: LiveBatch): Tensor1D;
  /** Why a player's last update was made anew on a backend that replays; null where it was replayed, or none was made yet. */
  refusalOf(player: Phase): Refusal | null;
  /** Does all of that work once, for whoever wants to know its kernels; see engine/preparation.ts. */
  rehearse(live: LiveSettings, batch: LiveBatch): void;
  dispose(): void;
}

/** `config` is the one that the GAN was made by; live settings come anew with every update. */
export function createUpdates(gan: Gan, { seed }: Config): Updates {
  let discriminator: { readonly batch: LiveBatch; readonly steps: RecordedVariants<DiscriminatorWork> } | null = null;
  let generator: { readonly batch: LiveBatch | undefined; readonly steps: RecordedVariants<GeneratorWork> } | null =
    null;
  /** What the updates measured that somebody looked on at last. */
  const seen = { discriminator: [] as readonly Tensor1D[], generator: [] as readonly Tensor1D[] };

  function replaceSeen(player: Phase, results: readonly Tensor1D[]): void {
    dispose([...seen[player]]);
    seen[player] = results;
  }

  return {
    discriminator(live, update, batch, look) {
      if (discriminator?.batch !== batch) {
        discriminator?.steps.dispose();
        discriminator = { batch, steps: recordVariants(() => workOfDiscriminator(gan, batch)) };
      }
      prepareDiscriminator(gan, live, { seed, update });
      replaceSeen("discriminator", look === undefined ? [] : workOfDiscriminator(gan, batch, look));
      if (look !== undefined) return onlyResult(seen.discriminator);
      return onlyResult(discriminator.steps.run(gan.work.discriminator));
    },
    generator(live, update, look, batch) {
      if (generator === null || (looksAtReal(gan) && generator.batch !== batch)) {
        generator?.steps.dispose();
        generator = { batch, steps: recordVariants(() => workOfGenerator(gan, batch)) };
      }
      prepareGenerator(gan, live, { seed, update });
      replaceSeen("generator", look === undefined ? [] : workOfGenerator(gan, batch, look));
      if (look !== undefined) return onlyResult(seen.generator);
      return onlyResult(generator.steps.run(gan.work.generator));
    },
    refusalOf(player) {
      if (!recordsSteps()) return null;
      const refusal = (player === "generator" ? generator : discriminator)?.steps.refusal ?? null;
      return refusal && { ...refusal, operation: inWords(gan, refusal.operation) };
    },
    rehearse(live, batch) {
      setAveraging(gan, live.averageDecay !== null);
      Object.assign(gan.work, { discriminator: discriminatorWork(live, 0), generator: generatorWork(live) });
      dispose([...workOfDiscriminator(gan, batch), ...workOfGenerator(gan, batch)]);
    },
    dispose() {
      replaceSeen("discriminator", []);
      replaceSeen("generator", []);
      discriminator?.steps.dispose();
      generator?.steps.dispose();
    },
  };
}

function workOfDiscriminator(gan: Gan, batch: LiveBatch, look?: Onlooker): readonly Tensor1D[] {
  return tidy(() => {
    const realLabels = gan.classes === 0 ? null : labelsOf(batch);
    return [computeDiscriminator(gan, { real: batch.gather(), realLabels, ...drawForDiscriminator(gan) }, look)];
  });
}

function workOfGenerator(gan: Gan, batch: LiveBatch | undefined, look?: Onlooker): readonly Tensor1D[] {
  return tidy(() => {
    if (!looksAtReal(gan)) return [computeGenerator(gan, drawForGenerator(gan), look)];
    const given = present(batch, "the batch of real images");
    const realLabels = gan.classes === 0 ? null : labelsOf(given);
    return [computeGenerator(gan, { real: given.gather(), realLabels, ...drawForGenerator(gan) }, look)];
  });
}

/** Whether the generator's loss looks at real images, too. */
function looksAtReal({ config }: Gan): boolean {
  return LOSSES[config.loss].generatorOfReal !== null;
}

/** A weight by its place instead of by the name that TensorFlow.js gave its variable. */
function inWords({ generator, discriminator }: Gan, operation: string): string {
  for (const { player, weights } of [generator, discriminator]) {
    for (const [name, variable] of weights) {
      if (operation === describeVariable(variable)) return `${name} of the ${player}`;
    }
  }
  return operation;
}

function labelsOf({ gatherLabels }: LiveBatch): Tensor2D {
  return present(gatherLabels, "the labels of the data set")();
}

function onlyResult(results: readonly Tensor[]): Tensor1D {
  return present(results[0], "the measurements of an update") as Tensor1D;
}
