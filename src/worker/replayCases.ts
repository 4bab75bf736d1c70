/** For tests: configs with every stabiliser, and what their updates measure, recorded and made one by one. */
import { engine, memory, tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { createResidentData, type LiveBatch } from "../engine/operations/residentData.ts";
import { createResidentLabels } from "../engine/operations/residentLabels.ts";
import type { Refusal } from "../engine/stepGraph.ts";
import { DEFAULT_CONFIG, type Config } from "../gan/config.ts";
import { drawForDiscriminator, drawForGenerator } from "../gan/draws.ts";
import { createGan, type Gan } from "../gan/gan.ts";
import { settingsAfter } from "../gan/schedule.ts";
import { computeDiscriminator, computeGenerator, prepareDiscriminator, prepareGenerator } from "../gan/trainStep.ts";
import { present } from "../shared/invariant.ts";
import { createUpdates } from "./updates.ts";

const SHAPE = [6, 6, 1];
const ITEMS = 12;
const CLASSES = 3;
const STEPS = 4;

const SMALL: Config = {
  ...DEFAULT_CONFIG,
  batchSize: 4,
  latentDim: 5,
  generator: [{ type: "dense", units: 36, useBias: true }, { type: "tanh" }, { type: "reshape", targetShape: SHAPE }],
  discriminator: [
    { type: "flatten" },
    { type: "dense", units: 8, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 1, useBias: true },
  ],
};

const [flatten, ...later] = SMALL.discriminator;

const withBatchNorm = ([first, ...others]: Config["generator"]) =>
  [first, { type: "batchNorm" }, ...others] as Config["generator"];
const normalized = [flatten, ...withBatchNorm(later)] as Config["discriminator"];

/** How a config is trained, by the settings that hold at each step. */
export interface ReplayCase {
  readonly name: string;
  readonly config: Config;
  /** The config as it is tuned at a step; the same throughout where it is left out. */
  readonly tunedAt?: (step: number) => Config;
}

const lion = (weightDecay: number): Config["optimizer"] => {
  const player = { type: "lion", learningRate: 1e-3, beta1: 0.9, beta2: 0.99, weightDecay } as const;
  return { generator: player, discriminator: player };
};

/** A case of the small config with some fields changed, and some of them only from half the steps on. */
function replayCase(name: string, changes: Partial<Config>, tuned: Partial<Config> = {}): ReplayCase {
  const config = { ...SMALL, ...changes };
  return { name, config, tunedAt: (step) => (step < STEPS / 2 ? config : { ...config, ...tuned }) };
}

export const REPLAY_CASES: readonly ReplayCase[] = [
  replayCase("plain layers", {}, { labelSmoothing: 0.7 }),
  replayCase("dropout", {
    discriminator: [flatten, { type: "dropout", rate: 0.5 }, ...later] as Config["discriminator"],
  }),
  replayCase("a weight clip from halfway on", { loss: "wasserstein" }, { weightClip: 0.05 }),
  replayCase("WGAN-GP", { loss: "wasserstein", gradientPenalty: { type: "wganGp", weight: 10, every: 1 } }),
  replayCase(
    "DRAGAN, stronger from halfway on",
    { gradientPenalty: { type: "dragan", weight: 10, every: 1 } },
    {
      gradientPenalty: { type: "dragan", weight: 20, every: 1 },
    },
  ),
  replayCase("R2 in every other update", { gradientPenalty: { type: "r2", weight: 1, every: 2 } }),
  replayCase(
    "uniform latents and labels smoothed on both sides",
    { latentDistribution: "uniform" },
    { fakeLabelSmoothing: 0.2 },
  ),
  replayCase(
    "spherical latents",
    { latentDistribution: "spherical", loss: "leastSquares" },
    { fakeLabelSmoothing: 0.1 },
  ),
  replayCase("batch norm in the discriminator and R1", {
    discriminator: normalized,
    gradientPenalty: { type: "r1", weight: 1, every: 1 },
  }),
  replayCase("batch norm in the discriminator and WGAN-GP", {
    discriminator: normalized,
    gradientPenalty: { type: "wganGp", weight: 10, every: 1 },
  }),
  replayCase("an average from halfway on", { generator: withBatchNorm(SMALL.generator) }, { averageDecay: 0.9 }),
  replayCase("an average with another decay from halfway on", { averageDecay: 0.9 }, { averageDecay: 0.5 }),
  replayCase("falling learning rates", { learningRateSchedule: "cosine", scheduleSteps: 100 }, { scheduleSteps: 200 }),
  replayCase(
    "AdamW and Nesterov, another decay from halfway on",
    {
      optimizer: {
        generator: { type: "adamw", learningRate: 1e-3, beta1: 0.5, beta2: 0.999, weightDecay: 0.1 },
        discriminator: { type: "nesterov", learningRate: 0.01, momentum: 0.5 },
      },
    },
    {
      optimizer: {
        generator: { type: "adamw", learningRate: 1e-3, beta1: 0.5, beta2: 0.999, weightDecay: 0.5 },
        discriminator: { type: "nesterov", learningRate: 0.01, momentum: 0.9 },
      },
    },
  ),
  replayCase("Lion, another decay from halfway on", { optimizer: lion(0.1) }, { optimizer: lion(0.5) }),
  replayCase(
    "gradients clipped from halfway on",
    { gradientClip: { generator: 0.01, discriminator: null } },
    { gradientClip: { generator: 0.02, discriminator: 0.01 } },
  ),
  replayCase("flipped labels, more of them from halfway on", { labelFlipping: 0.2 }, { labelFlipping: 0.4 }),
  replayCase("flipped labels under the hinge loss from halfway on", { loss: "hinge" }, { labelFlipping: 0.3 }),
  replayCase("instance noise that fades to nothing", { instanceNoise: 0.2, instanceNoiseSteps: 25 }),
  replayCase(
    "instance noise and R1, stronger from halfway on",
    { instanceNoise: 0.2, gradientPenalty: { type: "r1", weight: 1, every: 1 } },
    { instanceNoise: 0.4 },
  ),
  replayCase(
    "augmented images, in more ways from halfway on",
    { augmentation: { translation: true, cutout: false, brightness: false } },
    { augmentation: { translation: true, cutout: true, brightness: true } },
  ),
  replayCase("augmented images and WGAN-GP", {
    augmentation: { translation: true, cutout: true, brightness: true },
    gradientPenalty: { type: "wganGp", weight: 10, every: 1 },
  }),
  replayCase(
    "the relativistic average, with noise and flipped labels from halfway on",
    { loss: "relativisticAverage" },
    { instanceNoise: 0.2, labelFlipping: 0.1 },
  ),
  replayCase("the relativistic average of augmented images, and a classifier", {
    loss: "relativisticAverage",
    conditioning: { type: "auxiliaryClassifier", weight: 0.5 },
    augmentation: { translation: true, cutout: true, brightness: true },
  }),
  replayCase("spectral norms and layer norm under a hinge", {
    loss: "hinge",
    discriminator: [
      flatten,
      { type: "dense", units: 8, useBias: true, spectralNorm: true },
      { type: "layerNorm" },
      { type: "leakyReLU", alpha: 0.2 },
      { type: "dense", units: 1, useBias: true, spectralNorm: true },
    ] as Config["discriminator"],
  }),
  replayCase("labels beside the images", { conditioning: { type: "concatenation" } }),
  replayCase("a projection of labels", { conditioning: { type: "projection" } }),
  replayCase("an auxiliary classifier and R1", {
    conditioning: { type: "auxiliaryClassifier", weight: 0.5 },
    gradientPenalty: { type: "r1", weight: 1, every: 1 },
  }),
];

export interface Trained {
  /** What every update measured, and the weights at the end. */
  readonly numbers: readonly number[];
  /** Why an update was not recorded. */
  readonly refusal: Refusal | null;
}

/** A learning rate that moves at every step, beside what the case itself tunes. */
function liveAt({ config, tunedAt = () => config }: ReplayCase, step: number): Config {
  const tuned = tunedAt(step);
  const generator = { ...tuned.optimizer.generator, learningRate: 1e-3 * (step + 1) };
  return settingsAfter({ ...tuned, optimizer: { ...tuned.optimizer, generator } }, 10 * step);
}

function itemsAt(step: number): readonly number[] {
  return Array.from({ length: SMALL.batchSize }, (_, row) => (row * 5 + step) % ITEMS);
}

/** Real images with labels, and a batch of them. */
function realImages(batchSize: number) {
  const data = createResidentData(SHAPE, ITEMS);
  data.append(Uint8Array.from({ length: ITEMS * 36 }, (_, index) => (index * 2654435761) >>> 24));
  const labels = createResidentLabels(CLASSES, ITEMS);
  labels.append(Uint8Array.from({ length: ITEMS }, (_, item) => item % CLASSES));
  const batch = labels.labelled(data.createBatch(batchSize), batchSize);
  const dispose = () => {
    for (const held of [batch, labels, data]) held.dispose();
  };
  return { batch, dispose };
}

function labelsOf({ classes }: Gan, batch: LiveBatch): Tensor2D | null {
  return classes === 0 ? null : present(batch.gatherLabels, "the labels")();
}

async function taken(tensor: Tensor): Promise<readonly number[]> {
  const values = [...(await tensor.data())];
  tensor.dispose();
  return values;
}

/** The weights, the running statistics among them. */
async function weightsOf({ generator, discriminator, average }: Gan): Promise<readonly number[]> {
  const networks = [generator, discriminator, ...(average === null ? [] : [average.network])];
  const numbers = networks.flatMap(({ weights }) => [...weights.values()]).map((weight) => weight.data());
  return (await Promise.all(numbers)).flatMap((values) => [...values]);
}

/** Every update made by itself, none recorded. */
export async function trainedByHand(training: ReplayCase): Promise<Trained> {
  const { seed, batchSize } = training.config;
  const gan = createGan(training.config, SHAPE, seed, CLASSES);
  const data = realImages(batchSize);
  const { batch } = data;
  const numbers: number[] = [];
  for (let update = 0; update < STEPS; update++) {
    batch.choose(itemsAt(update));
    const live = liveAt(training, update);
    const key = { seed, update };
    prepareDiscriminator(gan, live, key);
    const told = tidy(() => {
      const realLabels = labelsOf(gan, batch);
      return computeDiscriminator(gan, { real: batch.gather(), realLabels, ...drawForDiscriminator(gan) });
    });
    prepareGenerator(gan, live, key);
    const fooled = tidy(() => {
      const realLabels = labelsOf(gan, batch);
      return computeGenerator(gan, { real: batch.gather(), realLabels, ...drawForGenerator(gan) });
    });
    numbers.push(...(await taken(told)), ...(await taken(fooled)));
  }
  numbers.push(...(await weightsOf(gan)));
  for (const held of [data, gan]) held.dispose();
  return { numbers, refusal: null };
}

/** The same by the updates of a run, recorded where the backend can; somebody looks on at the updates that `looked` names. */
export async function trainedByUpdates(training: ReplayCase, looked: readonly number[] = []): Promise<Trained> {
  const { config } = training;
  const gan = createGan(config, SHAPE, config.seed, CLASSES);
  const updates = createUpdates(gan, config);
  const data = realImages(config.batchSize);
  const { batch } = data;
  const numbers: number[] = [];
  let refusal: Refusal | null = null;
  for (let update = 0; update < STEPS; update++) {
    batch.choose(itemsAt(update));
    const live = liveAt(training, update);
    const look = looked.includes(update) ? () => undefined : undefined;
    numbers.push(...(await updates.discriminator(live, update, batch, look).data()));
    numbers.push(...(await updates.generator(live, update, look, batch).data()));
    refusal ??= updates.refusalOf("discriminator") ?? updates.refusalOf("generator");
  }
  numbers.push(...(await weightsOf(gan)));
  for (const held of [updates, data, gan]) held.dispose();
  return { numbers, refusal };
}

/** Tensors, and bytes of the backend where it counts them. */
export function heldNow(): readonly number[] {
  const { numBytesInMemory = 0, numBytesInGPU = 0 } = {
    ...engine().backend.memory(),
    ...memory(),
  } as { readonly numBytesInMemory?: number; readonly numBytesInGPU?: number };
  return [memory().numTensors, numBytesInMemory, numBytesInGPU];
}
