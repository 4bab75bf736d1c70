/** One training step, made at once, with the tensors that it computes on its way read out for people to look at. */
import type { Goal } from "../../engine/operations/adversarialLoss.ts";
import type { Config, Phase } from "../../gan/config.ts";
import { LOSSES } from "../../gan/losses.ts";
import { updatesOf } from "../stepPlan.ts";
import type { Answerer } from "./answers.ts";
import type { SlowDiscriminatorUpdate, SlowGeneratorUpdate } from "./slowStep.question.ts";
import { UpdateSight, type LiveTargets } from "./updateSight.ts";

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
    return {
      step: run.step,
      batchSize,
      latentDim,
      dataShape: run.imageShape,
      discriminator: await discriminatorUpdate(sights.discriminator, config, run.gan.live.values),
      generator: await generatorUpdate(sights.generator, config, run.gan.live.values),
    };
  } finally {
    sights.discriminator.dispose();
    sights.generator.dispose();
  }
};

function updates(player: Phase, config: Config): number {
  return updatesOf("both", config)[player];
}

async function discriminatorUpdate(
  sight: UpdateSight,
  config: Config,
  targets: LiveTargets,
): Promise<SlowDiscriminatorUpdate | null> {
  if (updates("discriminator", config) === 0) return null;
  const goals = LOSSES[config.loss].discriminator;
  const [reals, fakes] = await sight.judged([goals.real, goals.fake], targets);
  return {
    updates: updates("discriminator", config),
    carried: sight.carried,
    z: await sight.numbers("z"),
    real: await sight.numbers("real"),
    fake: await sight.numbers("fake"),
    reals,
    fakes,
    loss: await sight.number("loss"),
    penalty: sight.has("penalty") ? await sight.number("penalty") : null,
    layers: await sight.layers(),
  };
}

async function generatorUpdate(
  sight: UpdateSight,
  config: Config,
  targets: LiveTargets,
): Promise<SlowGeneratorUpdate | null> {
  if (updates("generator", config) === 0) return null;
  const { generator: goal, generatorOfReal } = LOSSES[config.loss];
  const { against, fakes } = await judgedFor(sight, generatorOfReal, goal, targets);
  return {
    updates: updates("generator", config),
    carried: sight.carried,
    z: await sight.numbers("z"),
    fake: await sight.numbers("fake"),
    against,
    fakes,
    loss: await sight.number("loss"),
    told: (await sight.numbers("slopes")).map((slope) => -slope),
    layers: await sight.layers(),
  };
}

/** What the generator is told of the fakes and, where its loss is relative, of the real images. */
async function judgedFor(sight: UpdateSight, ofReal: Goal | null, ofFake: Goal, targets: LiveTargets) {
  if (ofReal === null) {
    const [fakes] = await sight.judged([ofFake], targets);
    return { against: null, fakes };
  }
  const [against, fakes] = await sight.judged([ofReal, ofFake], targets);
  return { against, fakes };
}
