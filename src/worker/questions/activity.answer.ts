/** Carries images through both networks layer by layer and tallies what comes out, a few at a time, so that the run may go on. */
import { clone, tensor2d, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { judgedInput } from "../../gan/conditioning.ts";
import { shownGenerator } from "../../gan/gan.ts";
import { EVALUATION, forwardLayer, type Network } from "../../gan/network.ts";
import { UnitActivity } from "../../gan/unitActivity.ts";
import { present } from "../../shared/invariant.ts";
import type { Run } from "../run.ts";
import { ACTIVITY_IMAGES, type LayerActivity } from "./activity.question.ts";
import type { Answerer } from "./answers.ts";
import { portionsOf, type Judged } from "./imagePortions.ts";

/** Images carried at once: between two such portions, the run takes its turn. */
const CHUNK = 16;

export const activity: Answerer<"activity"> = async function* (subject, { first }) {
  const { run } = subject.trainer;
  const tallies = { generator: talliesOf(run.gan.generator), discriminator: talliesOf(run.gan.discriminator) };
  const reals = portionsOf(subject, { kind: "lastReal", count: ACTIVITY_IMAGES }, CHUNK);
  for (let at = 0; at < ACTIVITY_IMAGES; at += CHUNK) {
    const latents = run.freshLatents(first + at, CHUNK);
    const z = tensor2d(latents, [CHUNK, run.latentSize]);
    const images = await carried(shownGenerator(run.gan), z, tallies.generator);
    await judged(run, { images, labels: run.labelsOf(latents, CHUNK) }, tallies.discriminator);
    yield undefined;
  }
  for (const make of reals) {
    await judged(run, await make(), tallies.discriminator);
    yield undefined;
  }
  return {
    step: run.step,
    fakes: ACTIVITY_IMAGES,
    reals: reals.length * CHUNK,
    generator: told(run.gan.generator, tallies.generator),
    discriminator: told(run.gan.discriminator, tallies.discriminator),
  };
};

/** One for each layer. */
type Tallies = readonly UnitActivity[];

function talliesOf({ layers }: Network): Tallies {
  return layers.map(({ outputShape }) => new UnitActivity(present(outputShape.at(-1), "the units of a layer")));
}

/** Takes images and labels through the discriminator, and frees them. */
async function judged(run: Run, { images, labels }: Judged, tallies: Tallies): Promise<void> {
  const input = tidy(() => clone(judgedInput(run.gan, images, labels)));
  images.dispose();
  labels?.dispose();
  (await carried(run.gan.discriminator, input, tallies)).dispose();
}

/** What a network makes of its input, which is freed. */
async function carried(network: Network, input: Tensor, tallies: Tallies): Promise<Tensor> {
  let x = input;
  try {
    for (const { index } of network.layers) {
      const before = x;
      // A layer that does nothing here gives back what it got.
      x = tidy(() => clone(forwardLayer(network, index, before, EVALUATION)));
      before.dispose();
      tallies[index]?.add(await x.data<"float32">());
    }
    return x;
  } catch (error) {
    x.dispose();
    throw error;
  }
}

function told({ layers }: Network, tallies: Tallies): readonly LayerActivity[] {
  return layers.map(({ index, config }) => {
    const { units, silent, mean, deviation } = present(tallies[index], "the tally of a layer");
    return { index, type: config.type, units, silent, mean, deviation };
  });
}
