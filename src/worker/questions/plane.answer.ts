/** A run in the plane: its points, D's surface, the generator's manifold, what fakes are told, and how far from the data they are. */
import { neg, sigmoid, tensor2d, tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { PLANE_EXTENT, samplePoints, type Distribution } from "../../data/points/distribution.ts";
import { distributionOf } from "../../data/points/index.ts";
import { valuesAndSlopes } from "../../engine/gradients.ts";
import { costs } from "../../engine/operations/adversarialLoss.ts";
import { isPointSet } from "../../gan/config.ts";
import { LOSSES } from "../../gan/losses.ts";
import { EVALUATION, forward } from "../../gan/network.ts";
import { jensenShannon, klDivergence } from "../../metrics/points/divergences.ts";
import { modeCoverage } from "../../metrics/points/modeCoverage.ts";
import { countInCells, densityOf } from "../../metrics/points/plane.ts";
import { slicedDistance } from "../../metrics/points/slicedDistance.ts";
import { CommandError } from "../failures.ts";
import type { Run } from "../run.ts";
import type { Answerer } from "./answers.ts";
import { taken } from "./givenImages.ts";
import { latentMasses, latentPlane } from "./latentPlane.ts";
import {
  COUNTED_SIDE,
  KERNEL_DEVIATION,
  MANIFOLD_SIDE,
  MEASURED_POINTS,
  SHOWN_POINTS,
  SURFACE_SIDE,
  type PlaneAnswer,
  type PointMeasures,
} from "./plane.question.ts";

const SURFACE = { side: SURFACE_SIDE, extent: PLANE_EXTENT } as const;
const COUNTED = { side: COUNTED_SIDE, extent: PLANE_EXTENT } as const;
/** Other points than those that are trained on, from the same distribution. */
const KEPT_APART = { seed: 0, draw: 1 } as const;

/** All of one moment: nothing is yielded, so that no weight moves in between. */
export const plane: Answerer<"plane"> = async ({ trainer: { run } }, wish) => {
  const { dataSet } = run.config;
  if (!run.makesPoints || !isPointSet(dataSet)) {
    throw new CommandError("This run makes images, not points.", "Choose a data set of points.");
  }
  const distribution = distributionOf(dataSet, run.config);
  const count = wish.densities || wish.measures ? MEASURED_POINTS : SHOWN_POINTS;
  const real = samplePoints(distribution, KEPT_APART, count);
  const fake = await taken(run.imagesOf(run.freshLatents(0, count), count));
  const shown = fake.slice(0, 2 * SHOWN_POINTS);
  const answer: PlaneAnswer = {
    step: run.step,
    extent: PLANE_EXTENT,
    real: real.slice(0, 2 * SHOWN_POINTS),
    fake: shown,
    surface: wish.surface ? await surfaceOf(run) : null,
    manifold: wish.manifold ? await manifoldOf(run) : null,
    told: wish.told ? await toldTo(run, shown) : null,
    densities: wish.densities
      ? { real: densityOf(real, SURFACE, KERNEL_DEVIATION), fake: densityOf(fake, SURFACE, KERNEL_DEVIATION) }
      : null,
    // A drawing's points are so many and so near that they are no clouds.
    measures: wish.measures ? measuresOf(real, fake, dataSet === "drawn" ? null : distribution.modes) : null,
  };
  return answer;
};

function surfaceOf({ gan }: Run): Promise<Float32Array<ArrayBuffer>> {
  const middle = (place: number) => ((place + 0.5) / SURFACE_SIDE) * 2 * PLANE_EXTENT - PLANE_EXTENT;
  const places = new Float32Array(2 * SURFACE_SIDE ** 2);
  for (let cell = 0; cell < SURFACE_SIDE ** 2; cell++) {
    places.set([middle(cell % SURFACE_SIDE), middle(Math.floor(cell / SURFACE_SIDE))], 2 * cell);
  }
  return taken(tidy(() => sigmoid(forward(gan.discriminator, pointsTensor(places), EVALUATION))));
}

async function manifoldOf(run: Run): Promise<PlaneAnswer["manifold"]> {
  const { config } = run;
  const points = await taken(run.imagesOf(latentPlane(config), MANIFOLD_SIDE ** 2));
  return { points, masses: latentMasses(config), latentDim: config.latentDim };
}

/** By the running statistics and without dropout: to look must not move anything. A relative loss pulls the same way. */
function toldTo({ gan, config }: Run, fake: Float32Array): Promise<Float32Array<ArrayBuffer>> {
  const goal = LOSSES[config.loss].generator;
  const cost = (x: Tensor) => costs(forward(gan.discriminator, x, EVALUATION), goal);
  return taken(tidy(() => neg(valuesAndSlopes(cost, pointsTensor(fake)).slopes)));
}

function pointsTensor(values: Float32Array): Tensor2D {
  return tensor2d(values, [values.length / 2, 2]);
}

function measuresOf(real: Float32Array, fake: Float32Array, modes: Distribution["modes"]): PointMeasures {
  const [data, made] = [countInCells(real, COUNTED), countInCells(fake, COUNTED)];
  return {
    kl: klDivergence(data, made),
    jensenShannon: jensenShannon(data, made),
    wasserstein: slicedDistance(real, fake),
    modes: modes === null ? null : modeCoverage(fake, modes),
  };
}
