/** Updates whose inputs come from a parity file: made each anew, or recorded once and replayed. It must not compare. */
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
import { writeInPlace } from "../../engine/inPlace.ts";
import { recordStep, type RecordedStep } from "../../engine/recordedStep.ts";
import { present } from "../../shared/invariant.ts";
import type { TrainingConfig } from "../config.ts";
import type { Gan } from "../gan.ts";
import {
  computeDiscriminator,
  computeGenerator,
  prepareDiscriminator,
  prepareGenerator,
  type DiscriminatorBatch,
  type GeneratorBatch,
} from "../trainStep.ts";

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** The inputs of an update by their names; those that the config has no use for may be missing. */
export type StoredInputs = Readonly<Record<string, StoredTensor | null | undefined>>;

/** How the updates are made: each anew, or recorded once and replayed; an update that cannot be recorded throws. */
export type UpdateStyle = "eager" | "replayed";

export interface StoredUpdates {
  /** The measurements of an update, which the caller frees. */
  discriminator(inputs: StoredInputs): Tensor;
  generator(inputs: StoredInputs): Tensor;
  dispose(): void;
}

const KEY = { seed: 0, update: 0 };

type Inputs = Readonly<Record<string, Tensor | undefined>>;

export function createStoredUpdates(gan: Gan, config: TrainingConfig, style: UpdateStyle): StoredUpdates {
  const make = style === "eager" ? createEager : createReplayed;
  const discriminator = make((inputs) => computeDiscriminator(gan, discriminatorBatch(inputs)));
  const generator = make((inputs) => computeGenerator(gan, generatorBatch(inputs)));
  return {
    discriminator(inputs) {
      prepareDiscriminator(gan, config, KEY);
      return discriminator.run(inputs);
    },
    generator(inputs) {
      prepareGenerator(gan, config, KEY);
      return generator.run(inputs);
    },
    dispose() {
      discriminator.dispose();
      generator.dispose();
    },
  };
}

function discriminatorBatch({
  real,
  chances,
  epsilon,
  perturbation,
  realLabels,
  ...others
}: Inputs): DiscriminatorBatch {
  return {
    ...generatorBatch(others),
    real: present(real, "the real images"),
    chances: chances ?? null,
    epsilon: (epsilon ?? null) as Tensor1D | null,
    perturbation: perturbation ?? null,
    realLabels: (realLabels ?? null) as Tensor2D | null,
  };
}

function generatorBatch({ real, z, labels, noise, augmentation, realNoise, realAugmentation }: Inputs): GeneratorBatch {
  return {
    real: real ?? null,
    z: present(z, "the latents") as Tensor2D,
    labels: (labels ?? null) as Tensor2D | null,
    noise: noise ?? null,
    augmentation: augmentation ?? null,
    realNoise: realNoise ?? null,
    realAugmentation: realAugmentation ?? null,
  };
}

interface StoredUpdate {
  run(inputs: StoredInputs): Tensor;
  dispose(): void;
}

function createEager(compute: (inputs: Inputs) => Tensor): StoredUpdate {
  return {
    run: (stored) =>
      tidy(() => compute(Object.fromEntries(given(stored).map(([name, tensor]) => [name, loadTensor(tensor)])))),
    dispose: () => undefined,
  };
}

/** A recorded update has its inputs written into the same tensors every time. */
function createReplayed(compute: (inputs: Inputs) => Tensor): StoredUpdate {
  const inputs = new Map<string, Variable>();
  const step = recordStep(() => [compute(Object.fromEntries(inputs))]);
  return {
    run(stored) {
      for (const [name, tensor] of given(stored)) fill(inputs, name, tensor);
      return replay(step);
    },
    dispose() {
      step.dispose();
      for (const tensor of inputs.values()) tensor.dispose();
    },
  };
}

function fill(inputs: Map<string, Variable>, name: string, stored: StoredTensor): void {
  const standing = inputs.get(name);
  if (standing !== undefined) {
    writeInPlace(standing, stored.data);
    return;
  }
  const input = tidy(() => variable(loadTensor(stored), false));
  inputs.set(name, input);
}

function replay(step: RecordedStep): Tensor {
  const [measured] = step.run();
  if (step.refusal === null) return clone(present(measured, "the measurements"));
  throw new Error(`The update cannot be replayed: ${step.refusal.operation}, ${step.refusal.reason}.`);
}

function given(stored: StoredInputs): readonly (readonly [name: string, tensor: StoredTensor])[] {
  return Object.entries(stored).flatMap(([name, tensor]) =>
    tensor === null || tensor === undefined ? [] : [[name, tensor] as const],
  );
}

export function loadTensor({ shape, data }: StoredTensor): Tensor {
  return tensor([...data], [...shape], "float32");
}
