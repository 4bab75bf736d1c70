/** What a layer makes of one image, read out on its way through the network. */
import { reshape, slice, tensor2d, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { judgedInput } from "../../gan/conditioning.ts";
import { shownGenerator } from "../../gan/gan.ts";
import { sizeOf, type Shape } from "../../gan/layers/layerShape.ts";
import { EVALUATION, forwardLayer, type Network, type PlacedLayer } from "../../gan/network.ts";
import { bestLabels } from "../../gan/scoring.ts";
import { CommandError } from "../failures.ts";
import type { Run } from "../run.ts";
import type { Answerer } from "./answers.ts";
import { MOST_MAPS, MOST_UNITS, type Carried, type FeatureMaps } from "./featureMaps.question.ts";
import { checkImages, taken, tensorOf } from "./givenImages.ts";

export const featureMaps: Answerer<"featureMaps"> = async ({ trainer: { run } }, { of: carried, layer }) => {
  const network = carried.player === "generator" ? shownGenerator(run.gan) : run.gan.discriminator;
  const [of, shape] = toldOf(layerOf(network, layer).outputShape);
  const inputOf = await inputMaker(run, carried);
  const { step } = run;
  const values = await taken(
    tidy(() => {
      let x = inputOf();
      for (let index = 0; index <= layer; index++) x = forwardLayer(network, index, x, EVALUATION);
      const whole = shape.length === 3 ? x : reshape(x, [1, of]);
      return slice(whole, 0, [1, ...shape]);
    }),
  );
  return { step, of, shape, values };
};

/** Throws a CommandError where there is none. */
function layerOf({ player, layers }: Network, place: number): PlacedLayer {
  const layer = layers[place];
  if (layer !== undefined) return layer;
  throw new CommandError(
    `The ${player} has no layer ${String(place)}.`,
    `Choose one of its layers, from 0 to ${String(layers.length - 1)}.`,
  );
}

/** Makes what goes into the network, [1, …]; within a tidy. Throws a CommandError where that makes no sense. */
async function inputMaker(run: Run, carried: Carried): Promise<() => Tensor> {
  if (carried.player === "discriminator") {
    checkImages(run, carried.image, 1);
    return () => {
      const x = tensorOf(carried.image);
      return judgedInput(run.gan, x, bestLabels(run.gan, x));
    };
  }
  const { cell } = carried;
  if (!Number.isInteger(cell) || cell < 0 || cell >= run.probeCount) {
    throw new CommandError(
      `There is no sample ${String(cell)}.`,
      `Choose a cell of the grid, from 0 to ${String(run.probeCount - 1)}.`,
    );
  }
  const size = run.latentSize;
  const latent = (await run.probeLatents()).slice(cell * size, (cell + 1) * size);
  return () => tensor2d(latent, [1, size]);
}

/** How many channels or units a layer has, and the shape of what is told of them. */
function toldOf(outputShape: Shape): readonly [of: number, shape: FeatureMaps["shape"]] {
  const [height, width, channels] = outputShape;
  if (outputShape.length === 3 && height !== undefined && width !== undefined && channels !== undefined)
    return [channels, [height, width, Math.min(channels, MOST_MAPS)]];
  const units = sizeOf(outputShape);
  return [units, [Math.min(units, MOST_UNITS)]];
}
