/**
 * Compares the training step with one recorded elsewhere: a parity file holds a small GAN's weights, inputs and results as
 * PyTorch computes them in float64. It goes through the very functions that train, and must not know who reads the file.
 */
import { tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import * as v from "valibot";
import { present } from "../shared/invariant.ts";
import { describeProblem, problemsOf, trainingSchema } from "./config.ts";
import { createGan, type Gan } from "./gan.ts";
import { formatShape } from "./layers/layerShape.ts";
import type { Network } from "./network.ts";
import {
  createStoredUpdates,
  loadTensor,
  type StoredInputs,
  type StoredTensor,
  type StoredUpdates,
  type UpdateStyle,
} from "./parity/storedUpdates.ts";
import { generate } from "./trainStep.ts";

export interface ParityResult {
  readonly name: string;
  /** The largest relative error of any number or tensor; infinite where ours is not a number. */
  readonly largestError: number;
  /** Where that error is, as a path into the file. */
  readonly where: string;
}

const tensorSchema = v.object({ shape: v.array(v.number()), data: v.array(v.number()) });
const weightsSchema = v.record(v.string(), tensorSchema);

/** What data are disguised by before they are judged; absent where they are not. */
const disguiseSchema = v.object({
  noise: v.nullish(tensorSchema),
  augmentation: v.nullish(tensorSchema),
  realNoise: v.nullish(tensorSchema),
  realAugmentation: v.nullish(tensorSchema),
});

const discriminatorUpdateSchema = v.object({
  real: tensorSchema,
  z: tensorSchema,
  ...disguiseSchema.entries,
  /** What labels are flipped by, those of real images first. */
  chances: v.nullish(tensorSchema),
  epsilon: v.nullish(v.union([tensorSchema, v.array(v.number())])),
  perturbation: v.nullish(tensorSchema),
  loss: v.number(),
  penalty: v.nullish(v.number()),
  gradientNorm: v.number(),
  meanRealScore: v.number(),
  meanFakeScore: v.number(),
  /** Rows with a 1 at the class; absent where the players are not told. */
  labels: v.nullish(v.object({ real: tensorSchema, fake: tensorSchema })),
  realAccuracy: v.nullish(v.number()),
  fakeAccuracy: v.nullish(v.number()),
});

const generatorUpdateSchema = v.object({
  z: tensorSchema,
  /** Absent where the loss does not look at any. */
  real: v.nullish(tensorSchema),
  ...disguiseSchema.entries,
  loss: v.number(),
  gradientNorm: v.number(),
  meanFakeScore: v.number(),
  labels: v.nullish(tensorSchema),
  fakeAccuracy: v.nullish(v.number()),
});

const paritySchema = v.object({
  ...trainingSchema.entries,
  name: v.string(),
  dataShape: v.array(v.number()),
  /** How many classes the data has. */
  classes: v.optional(v.number(), 0),
  initial: v.object({ generator: weightsSchema, discriminator: weightsSchema }),
  steps: v.array(v.object({ discriminator: v.array(discriminatorUpdateSchema), generator: generatorUpdateSchema })),
  final: v.object({
    generator: weightsSchema,
    discriminator: weightsSchema,
    evaluation: v.object({ z: tensorSchema, samples: tensorSchema }),
  }),
});

type ParityFile = v.InferOutput<typeof paritySchema>;

/** Errors are relative, but not to numbers smaller than these. */
const SMALLEST_SCALAR = 0.01;
const SMALLEST_NORM = 0.001;

/** Runs a parity file on the backend that stands. Throws an error that says why where the file is not one. */
export async function checkParity(file: unknown, style: UpdateStyle = "eager"): Promise<ParityResult> {
  const parsed = v.safeParse(paritySchema, file);
  if (!parsed.success) {
    throw new Error(`This is not a parity file. ${problemsOf(parsed.issues).map(describeProblem).join(" ")}`);
  }
  const parity = parsed.output;
  const gan = createGan(parity, parity.dataShape, 0, parity.classes);
  const updates = createStoredUpdates(gan, parity, style);
  try {
    setWeights(gan.generator, parity.initial.generator);
    setWeights(gan.discriminator, parity.initial.discriminator);
    const comparison = new Comparison();
    await compareSteps(updates, parity, comparison);
    await compareWeights(gan.generator, parity.final.generator, "final.generator", comparison);
    await compareWeights(gan.discriminator, parity.final.discriminator, "final.discriminator", comparison);
    await compareImages(gan, parity.final.evaluation, comparison);
    return { name: parity.name, largestError: comparison.largestError, where: comparison.where };
  } finally {
    updates.dispose();
    gan.dispose();
  }
}

/** Keeps the largest error of all that it is shown. */
class Comparison {
  largestError = 0;
  where = "";

  scalar(where: string, ours: number | undefined, theirs: number): void {
    const distance = Math.abs(present(ours, where) - theirs);
    this.#note(where, distance / Math.max(Math.abs(theirs), SMALLEST_SCALAR));
  }

  /** Of a classifier, where there is one. */
  accuracy(where: string, ours: number | undefined, theirs: number | null | undefined): void {
    if (theirs !== null && theirs !== undefined) this.scalar(where, ours, theirs);
  }

  tensor(where: string, ours: ArrayLike<number>, theirs: readonly number[]): void {
    const distance = Math.hypot(...theirs.map((value, index) => present(ours[index], where) - value));
    this.#note(where, distance / Math.max(Math.hypot(...theirs), SMALLEST_NORM));
  }

  #note(where: string, error: number): void {
    // An error that is not a number is the worst there is.
    const worst = Number.isNaN(error) ? Infinity : error;
    if (this.where !== "" && worst <= this.largestError) return;
    this.largestError = worst;
    this.where = where;
  }
}

async function compareSteps(updates: StoredUpdates, parity: ParityFile, comparison: Comparison): Promise<void> {
  for (const [index, step] of parity.steps.entries()) {
    for (const [repetition, theirs] of step.discriminator.entries()) {
      const { real, z, chances, perturbation, labels } = theirs;
      const told = { labels: labels?.fake, realLabels: labels?.real };
      const drawn = { chances, epsilon: epsilonOf(theirs.epsilon), perturbation, ...told, ...disguiseOf(theirs) };
      const ours = await read(updates.discriminator({ real, z, ...drawn }));
      const where = `steps[${String(index)}].discriminator[${String(repetition)}]`;
      comparison.scalar(`${where}.loss`, ours[0], theirs.loss);
      comparison.scalar(`${where}.penalty`, ours[1], theirs.penalty ?? 0);
      comparison.scalar(`${where}.gradientNorm`, ours[2], theirs.gradientNorm);
      comparison.scalar(`${where}.meanRealScore`, ours[3], theirs.meanRealScore);
      comparison.scalar(`${where}.meanFakeScore`, ours[4], theirs.meanFakeScore);
      comparison.accuracy(`${where}.realAccuracy`, ours[5], theirs.realAccuracy);
      comparison.accuracy(`${where}.fakeAccuracy`, ours[6], theirs.fakeAccuracy);
    }
    const theirs = step.generator;
    const { real, z, labels } = theirs;
    const ours = await read(updates.generator({ real, z, labels, ...disguiseOf(theirs) }));
    const where = `steps[${String(index)}].generator`;
    comparison.scalar(`${where}.loss`, ours[0], theirs.loss);
    comparison.scalar(`${where}.gradientNorm`, ours[1], theirs.gradientNorm);
    comparison.scalar(`${where}.meanFakeScore`, ours[2], theirs.meanFakeScore);
    comparison.accuracy(`${where}.fakeAccuracy`, ours[3], theirs.fakeAccuracy);
  }
}

/** What data are disguised by in an update of either player. */
function disguiseOf(update: v.InferOutput<typeof disguiseSchema>): StoredInputs {
  const { noise, augmentation, realNoise, realAugmentation } = update;
  return { noise, augmentation, realNoise, realAugmentation };
}

/** A file may give ε with its shape, or as a plain list. */
function epsilonOf(stored: StoredTensor | readonly number[] | null | undefined): StoredTensor | null {
  if (stored === null || stored === undefined) return null;
  return "data" in stored ? stored : { shape: [stored.length], data: [...stored] };
}

async function compareWeights(
  network: Network,
  theirs: Readonly<Record<string, StoredTensor>>,
  where: string,
  comparison: Comparison,
): Promise<void> {
  for (const [name, stored] of Object.entries(theirs)) {
    const values = await weightOf(network, name).data();
    comparison.tensor(`${where}.${name}`, values, stored.data);
  }
}

async function compareImages(
  gan: Gan,
  evaluation: ParityFile["final"]["evaluation"],
  comparison: Comparison,
): Promise<void> {
  const images = tidy(() => generate(gan, loadTensor(evaluation.z) as Tensor2D));
  comparison.tensor("final.evaluation.samples", await read(images), evaluation.samples.data);
}

function weightOf(network: Network, name: string) {
  const weight = network.weights.get(name);
  if (weight === undefined) {
    throw new Error(`The parity file has a weight ${name} that the ${network.player} does not have.`);
  }
  return weight;
}

function setWeights(network: Network, weights: Readonly<Record<string, StoredTensor>>): void {
  for (const [name, stored] of Object.entries(weights)) {
    const weight = weightOf(network, name);
    const { shape } = stored;
    if (formatShape(weight.shape) !== formatShape(shape)) {
      const shapes = `${formatShape(shape)}, but the ${network.player} needs ${formatShape(weight.shape)}`;
      throw new Error(`The parity file's weight ${name} has the shape ${shapes}.`);
    }
    tidy(() => {
      weight.assign(loadTensor(stored));
    });
  }
}

/** The tensor's numbers; frees it. */
async function read(result: Tensor): Promise<ArrayLike<number>> {
  const values = await result.data();
  result.dispose();
  return values;
}
