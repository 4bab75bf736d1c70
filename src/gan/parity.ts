/**
 * Compares the training step with one recorded elsewhere: a parity file holds a small GAN's weights, inputs and results as
 * PyTorch computes them in float64. It goes through the very functions that train, and must not know who reads the file.
 */
import {
  clone,
  tensor,
  tidy,
  variable,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Variable,
} from "@tensorflow/tfjs-core";
import * as v from "valibot";
import { writeInPlace } from "../engine/inPlace.ts";
import { recordStep, type RecordedStep } from "../engine/recordedStep.ts";
import { present } from "../shared/invariant.ts";
import { describeProblem, problemsOf, trainingSchema } from "./config.ts";
import { createGan, type Gan } from "./gan.ts";
import { formatShape } from "./layers/layerShape.ts";
import type { Network } from "./network.ts";
import {
  computeDiscriminator,
  computeGenerator,
  generate,
  prepareDiscriminator,
  prepareGenerator,
  updateDiscriminator,
  updateGenerator,
} from "./trainStep.ts";

export interface ParityResult {
  readonly name: string;
  /** The largest relative error of any number or tensor; infinite where ours is not a number. */
  readonly largestError: number;
  /** Where that error is, as a path into the file. */
  readonly where: string;
}

const tensorSchema = v.object({ shape: v.array(v.number()), data: v.array(v.number()) });
const weightsSchema = v.record(v.string(), tensorSchema);

const discriminatorUpdateSchema = v.object({
  real: tensorSchema,
  z: tensorSchema,
  epsilon: v.nullish(v.union([tensorSchema, v.array(v.number())])),
  loss: v.number(),
  penalty: v.nullish(v.number()),
  gradientNorm: v.number(),
  meanRealScore: v.number(),
  meanFakeScore: v.number(),
});

const generatorUpdateSchema = v.object({
  z: tensorSchema,
  loss: v.number(),
  gradientNorm: v.number(),
  meanFakeScore: v.number(),
});

const paritySchema = v.object({
  ...trainingSchema.entries,
  name: v.string(),
  dataShape: v.array(v.number()),
  initial: v.object({ generator: weightsSchema, discriminator: weightsSchema }),
  steps: v.array(v.object({ discriminator: v.array(discriminatorUpdateSchema), generator: generatorUpdateSchema })),
  final: v.object({
    generator: weightsSchema,
    discriminator: weightsSchema,
    evaluation: v.object({ z: tensorSchema, samples: tensorSchema }),
  }),
});

type ParityFile = v.InferOutput<typeof paritySchema>;
type StoredTensor = v.InferOutput<typeof tensorSchema>;

/** Errors are relative, but not to numbers smaller than these. */
const SMALLEST_SCALAR = 0.01;
const SMALLEST_NORM = 0.001;

/** How the updates are made: each anew, or recorded once and replayed; an update that cannot be recorded throws. */
export type UpdateStyle = "eager" | "replayed";

/** Runs a parity file on the backend that stands. Throws an error that says why where the file is not one. */
export async function checkParity(file: unknown, style: UpdateStyle = "eager"): Promise<ParityResult> {
  const parsed = v.safeParse(paritySchema, file);
  if (!parsed.success) {
    throw new Error(`This is not a parity file. ${problemsOf(parsed.issues).map(describeProblem).join(" ")}`);
  }
  const parity = parsed.output;
  const gan = createGan(parity, parity.dataShape, 0);
  const updates = style === "eager" ? eagerUpdates(gan, parity) : replayedUpdates(gan, parity);
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

/** The inputs of an update, as a parity file has them. */
interface StoredBatch {
  readonly real: StoredTensor;
  readonly z: StoredTensor;
  readonly epsilon: StoredTensor | null;
}

interface Updates {
  discriminator(batch: StoredBatch): Tensor;
  generator(z: StoredTensor): Tensor;
  dispose(): void;
}

const KEY = { seed: 0, update: 0 };

function eagerUpdates(gan: Gan, parity: ParityFile): Updates {
  return {
    discriminator: ({ real, z, epsilon }) =>
      tidy(() => {
        const batch = { real: load(real), z: load(z) as Tensor2D, epsilon: epsilon && (load(epsilon) as Tensor1D) };
        return updateDiscriminator(gan, batch, parity, KEY);
      }),
    generator: (z) => tidy(() => updateGenerator(gan, load(z) as Tensor2D, parity, KEY)),
    dispose: () => undefined,
  };
}

/** The same by recorded steps, whose inputs are written into the same tensors every time. */
function replayedUpdates(gan: Gan, parity: ParityFile): Updates {
  const inputs = new Map<string, Variable>();
  const fill = (name: string, stored: StoredTensor): void => {
    const standing = inputs.get(name);
    if (standing !== undefined) writeInPlace(standing, stored.data);
    else
      inputs.set(
        name,
        tidy(() => variable(load(stored), false)),
      );
  };
  const input = (name: string) => present(inputs.get(name), name);
  const discriminator = recordStep(() => {
    const epsilon = inputs.has("epsilon") ? (input("epsilon") as Tensor as Tensor1D) : null;
    return [computeDiscriminator(gan, { real: input("real"), z: input("z") as Tensor as Tensor2D, epsilon })];
  });
  const generator = recordStep(() => [computeGenerator(gan, input("generatorZ") as Tensor as Tensor2D)]);
  const replay = (step: RecordedStep): Tensor => {
    const [measured] = step.run();
    if (step.refusal === null) return clone(present(measured, "the measurements"));
    throw new Error(`The update cannot be replayed: ${step.refusal.operation}, ${step.refusal.reason}.`);
  };
  return {
    discriminator: ({ real, z, epsilon }) => {
      fill("real", real);
      fill("z", z);
      if (epsilon !== null) fill("epsilon", epsilon);
      prepareDiscriminator(gan, parity, KEY);
      return replay(discriminator);
    },
    generator: (z) => {
      fill("generatorZ", z);
      prepareGenerator(gan, parity, KEY);
      return replay(generator);
    },
    dispose: () => {
      discriminator.dispose();
      generator.dispose();
      for (const tensor of inputs.values()) tensor.dispose();
    },
  };
}

/** Keeps the largest error of all that it is shown. */
class Comparison {
  largestError = 0;
  where = "";

  scalar(where: string, ours: number | undefined, theirs: number): void {
    const distance = Math.abs(present(ours, where) - theirs);
    this.#note(where, distance / Math.max(Math.abs(theirs), SMALLEST_SCALAR));
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

async function compareSteps(updates: Updates, parity: ParityFile, comparison: Comparison): Promise<void> {
  for (const [index, step] of parity.steps.entries()) {
    for (const [repetition, theirs] of step.discriminator.entries()) {
      const ours = await read(updates.discriminator({ ...theirs, epsilon: epsilonOf(theirs.epsilon) }));
      const where = `steps[${String(index)}].discriminator[${String(repetition)}]`;
      comparison.scalar(`${where}.loss`, ours[0], theirs.loss);
      comparison.scalar(`${where}.penalty`, ours[1], theirs.penalty ?? 0);
      comparison.scalar(`${where}.gradientNorm`, ours[2], theirs.gradientNorm);
      comparison.scalar(`${where}.meanRealScore`, ours[3], theirs.meanRealScore);
      comparison.scalar(`${where}.meanFakeScore`, ours[4], theirs.meanFakeScore);
    }
    const theirs = step.generator;
    const ours = await read(updates.generator(theirs.z));
    const where = `steps[${String(index)}].generator`;
    comparison.scalar(`${where}.loss`, ours[0], theirs.loss);
    comparison.scalar(`${where}.gradientNorm`, ours[1], theirs.gradientNorm);
    comparison.scalar(`${where}.meanFakeScore`, ours[2], theirs.meanFakeScore);
  }
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
  const images = tidy(() => generate(gan, load(evaluation.z) as Tensor2D));
  comparison.tensor("final.evaluation.samples", await read(images), evaluation.samples.data);
}

function weightOf(network: Network, name: string) {
  const weight = network.weights.get(name);
  if (weight === undefined) {
    throw new Error(`The parity file has a weight ${name} that the ${network.player} does not have.`);
  }
  return weight;
}

function setWeights(network: Network, stored: Readonly<Record<string, StoredTensor>>): void {
  for (const [name, { shape, data }] of Object.entries(stored)) {
    const weight = weightOf(network, name);
    if (formatShape(weight.shape) !== formatShape(shape)) {
      const shapes = `${formatShape(shape)}, but the ${network.player} needs ${formatShape(weight.shape)}`;
      throw new Error(`The parity file's weight ${name} has the shape ${shapes}.`);
    }
    tidy(() => {
      weight.assign(tensor(data, shape, "float32"));
    });
  }
}

function load({ shape, data }: StoredTensor): Tensor {
  return tensor(data, shape, "float32");
}

/** The tensor's numbers; frees it. */
async function read(result: Tensor): Promise<ArrayLike<number>> {
  const values = await result.data();
  result.dispose();
  return values;
}
