/** One training step, made at once, with the tensors that it computes on its way read out for people to look at. */
import { DATA_SETS } from "../../data/catalogue.ts";
import type { Goal } from "../../engine/operations/adversarialLoss.ts";
import type { Config, Phase } from "../../gan/config.ts";
import type { Gan } from "../../gan/gan.ts";
import { LOSSES } from "../../gan/losses.ts";
import { present } from "../../shared/invariant.ts";
import { updatesOf } from "../stepPlan.ts";
import type { Answerer } from "./answers.ts";
import type { SlowDiscriminatorUpdate, SlowDisguise, SlowGeneratorUpdate, SlowUpdate } from "./slowStep.question.ts";
import { UpdateSight } from "./updateSight.ts";

export const slowStep: Answerer<"slowStep"> = async ({ trainer }) => {
  const { run } = trainer;
  const { config } = run;
  const sights = {
    discriminator: new UpdateSight(run.gan.discriminator),
    generator: new UpdateSight(run.gan.generator),
  };
  try {
    await trainer.stepSlowly({ discriminator: sights.discriminator.look, generator: sights.generator.look });
    const { batchSize, latentDim } = config;
    const seen = { config, gan: run.gan };
    return {
      step: run.step,
      batchSize,
      latentDim,
      dataShape: run.dataShape,
      discriminator: await discriminatorUpdate(sights.discriminator, seen),
      generator: await generatorUpdate(sights.generator, seen),
    };
  } finally {
    sights.discriminator.dispose();
    sights.generator.dispose();
  }
};

/** A run right after the step: what its settings were in it. */
interface Seen {
  readonly config: Config;
  readonly gan: Gan;
}

function updates(player: Phase, config: Config): number {
  return updatesOf("both", config)[player];
}

async function discriminatorUpdate(sight: UpdateSight, seen: Seen): Promise<SlowDiscriminatorUpdate | null> {
  const { config, gan } = seen;
  if (updates("discriminator", config) === 0) return null;
  const goals = LOSSES[config.loss].discriminator;
  const [reals, fakes] = await sight.judged([goals.real, goals.fake], gan.live.values);
  return {
    ...(await commonOf("discriminator", sight, seen)),
    real: await sight.numbers("real"),
    reals,
    fakes,
    flips: await flipsOf(sight, gan.flipping.values.rate),
    penalty: await sight.numberOrNull("penalty"),
  };
}

async function generatorUpdate(sight: UpdateSight, seen: Seen): Promise<SlowGeneratorUpdate | null> {
  const { config, gan } = seen;
  if (updates("generator", config) === 0) return null;
  const { generator: goal, generatorOfReal } = LOSSES[config.loss];
  const goals: readonly Goal[] = generatorOfReal === null ? [goal] : [generatorOfReal, goal];
  const judged = await sight.judged(goals, gan.live.values);
  return {
    ...(await commonOf("generator", sight, seen)),
    reals: generatorOfReal === null ? null : present(judged[0], "what the real images cost"),
    fakes: present(judged.at(-1), "what the fakes cost"),
    told: (await sight.numbers("slopes")).map((slope) => -slope),
  };
}

async function commonOf(player: Phase, sight: UpdateSight, { config, gan }: Seen) {
  return {
    updates: updates(player, config),
    carried: sight.carried,
    z: await sight.numbers("z"),
    fake: await sight.numbers("fake"),
    real: await sight.numbersOrNull("real"),
    classes: await classesOf(sight, config),
    disguise: await disguiseOf(player, sight, gan),
    relative: LOSSES[config.loss].generatorOfReal !== null,
    loss: await sight.number("loss"),
    classLoss: await sight.numberOrNull("classLoss"),
    layers: await sight.layers(),
  };
}

async function disguiseOf(player: Phase, sight: UpdateSight, gan: Gan): Promise<SlowDisguise | null> {
  const { addsNoise } = gan.work[player];
  const augmentations = gan.places === null ? [] : gan.work[player].augments;
  if (!addsNoise && augmentations.length === 0) return null;
  return {
    augmentations,
    noise: addsNoise ? gan.noise.values.deviation : 0,
    fake: await sight.numbers("shownFake"),
    real: await sight.numbersOrNull("shownReal"),
  };
}

async function classesOf(sight: UpdateSight, { dataSet }: Config): Promise<SlowUpdate["classes"]> {
  const { classes } = DATA_SETS[dataSet];
  const named = (places: readonly number[]) => places.map((place) => present(classes[place], "a class"));
  const [fake, real] = [await sight.classesOrNull("labels"), await sight.classesOrNull("realLabels")];
  return fake && { fake: named(fake), real: real && named(real) };
}

/** Counted as a device flips them: by a rate of single precision. */
async function flipsOf(sight: UpdateSight, rate: number): Promise<SlowDiscriminatorUpdate["flips"]> {
  const [chances, cost] = [await sight.numbersOrNull("chances"), await sight.numberOrNull("flipped")];
  if (chances === null || cost === null) return null;
  const half = chances.length / 2;
  const flipped = (side: Float32Array) => side.filter((chance) => chance < Math.fround(rate)).length;
  return { real: flipped(chances.subarray(0, half)), fake: flipped(chances.subarray(half)), cost };
}
