/** A GAN: two networks that fit each other and the data, and their optimisers. It must not know how a step is made. */
import { createLiveNumbers, type LiveNumbers } from "../engine/liveNumbers.ts";
import { LOSS_LIVE } from "../engine/operations/adversarialLoss.ts";
import { DRAW_LIVE } from "../engine/operations/randomDraws.ts";
import { CLIP_LIVE } from "../engine/optimizers/clipWeights.ts";
import { createPixelPlaces, disposePixelPlaces, type PixelPlaces } from "./augmentation.ts";
import { createAverage, disposeAverage, type Average } from "./average.ts";
import type { Phase, TrainingConfig } from "./config.ts";
import { FLIP_LIVE } from "./flippedLabels.ts";
import { headOf } from "./labelShapes.ts";
import { PENALTY_LIVE } from "./gradientPenalties.ts";
import { NOISE_LIVE } from "./instanceNoise.ts";
import type { Shape } from "./layers/layerShape.ts";
import { buildNetwork, disposeNetwork, type Network } from "./network.ts";
import { describeNetworks, refuse } from "./networkShape.ts";
import { discriminatorWork, generatorWork, type DiscriminatorWork, type GeneratorWork } from "./work.ts";
import { disposeOptimizer, initOptimizer, type OptimizerState } from "./optimizer.ts";

export interface Gan {
  readonly config: TrainingConfig;
  /** Shape of one image, such as [28, 28, 1]. */
  readonly dataShape: Shape;
  /** How many classes the players are told of; 0 where they are told of none. */
  readonly classes: number;
  readonly generator: Network;
  readonly discriminator: Network;
  /** The generator as it was on average; null where nobody wants it. */
  average: Average | null;
  /** Whether images are shown and measured as the average paints them, where there is one. */
  showsAverage: boolean;
  /** What the optimisers remember; it changes in place. */
  readonly optimizers: Readonly<Record<Phase, OptimizerState>>;
  /** The seed, and the number of the update under way: what each player's latents and masks are drawn by. */
  readonly draws: Readonly<Record<Phase, LiveNumbers<keyof typeof DRAW_LIVE>>>;
  /** What the loss reads anew at every update. */
  readonly live: LiveNumbers<keyof typeof LOSS_LIVE>;
  /** Where pixels lie, for augmentations; null where the data are no images. */
  readonly places: PixelPlaces | null;
  /** How often a label is told the wrong way round. */
  readonly flipping: LiveNumbers<keyof typeof FLIP_LIVE>;
  /** How strong the noise is over what the discriminator is shown. */
  readonly noise: LiveNumbers<keyof typeof NOISE_LIVE>;
  /** What the gradient penalty is multiplied by. */
  readonly penalty: LiveNumbers<keyof typeof PENALTY_LIVE>;
  /** How far the discriminator's weights may go. */
  readonly weightClip: LiveNumbers<keyof typeof CLIP_LIVE>;
  /** How long each player's gradient may be. */
  readonly gradientClip: Readonly<Record<Phase, LiveNumbers<keyof typeof CLIP_LIVE>>>;
  /** What the updates do that were prepared last. */
  readonly work: { discriminator: DiscriminatorWork; generator: GeneratorWork };
  /** Frees all weights and moments. */
  dispose(): void;
}

/**
 * Builds both networks, with weights drawn from the seed, for data of a shape and so many classes. Throws a NetworkError, and
 * leaves nothing behind, when a layer does not fit, the generator does not make data, the discriminator does not end in one
 * logit, or the players are to be told of classes that the data does not have.
 */
export function createGan(config: TrainingConfig, dataShape: Shape, seed: number, dataClasses = 0): Gan {
  const described = describeNetworks(config, dataShape, dataClasses);
  refuse("generator", described.generator);
  refuse("discriminator", described.discriminator);
  const head = headOf(config, dataClasses);
  const generator = buildNetwork("generator", config.generator, described.generator.inputShape, seed);
  const judgedShape = described.discriminator.inputShape;
  const discriminator = buildNetwork("discriminator", config.discriminator, judgedShape, seed, head);
  const networks = [generator, discriminator];
  const optimizers = {
    generator: initOptimizer(config.optimizer.generator.type, generator.parameters),
    discriminator: initOptimizer(config.optimizer.discriminator.type, discriminator.parameters),
  };
  const draws = { generator: createLiveNumbers(DRAW_LIVE), discriminator: createLiveNumbers(DRAW_LIVE) };
  const live = createLiveNumbers(LOSS_LIVE);
  const places = createPixelPlaces(dataShape);
  const flipping = createLiveNumbers(FLIP_LIVE);
  const noise = createLiveNumbers(NOISE_LIVE);
  const penalty = createLiveNumbers(PENALTY_LIVE);
  const weightClip = createLiveNumbers(CLIP_LIVE);
  const gradientClip = { generator: createLiveNumbers(CLIP_LIVE), discriminator: createLiveNumbers(CLIP_LIVE) };
  return {
    config,
    dataShape,
    classes: config.conditioning === null ? 0 : dataClasses,
    draws,
    live,
    places,
    flipping,
    noise,
    penalty,
    weightClip,
    gradientClip,
    work: { discriminator: discriminatorWork(config, 0), generator: generatorWork(config) },
    generator,
    discriminator,
    average: config.averageDecay === null ? null : createAverage(generator),
    showsAverage: config.showAveraged,
    optimizers,
    dispose() {
      if (this.average !== null) disposeAverage(this.average);
      networks.forEach(disposeNetwork);
      if (places !== null) disposePixelPlaces(places);
      for (const { generator, discriminator } of [draws, gradientClip]) {
        generator.dispose();
        discriminator.dispose();
      }
      live.dispose();
      flipping.dispose();
      noise.dispose();
      penalty.dispose();
      weightClip.dispose();
      Object.values(optimizers).forEach(disposeOptimizer);
    },
  };
}

/** Begins to average the generator's weights where that is wanted from now on, and ends it where it no longer is. */
export function setAveraging(gan: Gan, wanted: boolean): void {
  if (wanted) gan.average ??= createAverage(gan.generator);
  else if (gan.average !== null) {
    disposeAverage(gan.average);
    gan.average = null;
  }
}

/** The generator that makes the images which people see and which are measured. */
export function shownGenerator({ generator, average, showsAverage }: Gan): Network {
  return showsAverage && average !== null ? average.network : generator;
}
