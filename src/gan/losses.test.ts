import { add, concat, grad, setBackend, tensor2d, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { createLiveNumbers, type LiveNumbers } from "../engine/liveNumbers.ts";
import { adversarialLoss, LOSS_LIVE } from "../engine/operations/adversarialLoss.ts";
import { present } from "../shared/invariant.ts";
import type { LossName } from "./config.ts";
import { LOSSES, relativised } from "./losses.ts";

const REAL = [2, -1, 0.5, 3];
const FAKE = [-2, 0.25, 1.5, -0.5];
const TARGET = 0.9;
const FAKE_TARGET = 0.2;

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const crossEntropy = (logits: readonly number[], target: number) =>
  mean(logits.map((logit) => -target * Math.log(sigmoid(logit)) - (1 - target) * Math.log(1 - sigmoid(logit))));
const squares = (logits: readonly number[], target: number) => mean(logits.map((logit) => (logit - target) ** 2)) / 2;

/** The losses as their papers write them, in float64. */
const EXPECTED: Readonly<
  Record<Exclude<LossName, "relativisticAverage">, { readonly discriminator: number; readonly generator: number }>
> = {
  nonSaturating: {
    discriminator: crossEntropy(REAL, TARGET) + crossEntropy(FAKE, FAKE_TARGET),
    generator: crossEntropy(FAKE, 1),
  },
  minimax: {
    discriminator: crossEntropy(REAL, TARGET) + crossEntropy(FAKE, FAKE_TARGET),
    generator: mean(FAKE.map((logit) => Math.log(1 - sigmoid(logit)))),
  },
  leastSquares: { discriminator: squares(REAL, TARGET) + squares(FAKE, FAKE_TARGET), generator: squares(FAKE, 1) },
  hinge: {
    discriminator:
      mean(REAL.map((logit) => Math.max(0, 1 - logit))) + mean(FAKE.map((logit) => Math.max(0, 1 + logit))),
    generator: -mean(FAKE),
  },
  wasserstein: { discriminator: mean(FAKE) - mean(REAL), generator: -mean(FAKE) },
};

// Float32 rounds a mean of numbers near 1 at a few units of 6e-8.
const DIGITS = 6;

const column = (values: readonly number[]) => tensor2d([...values], [values.length, 1]);

let live: LiveNumbers<"realTarget" | "fakeTarget">;

beforeAll(async () => {
  await setBackend("cpu");
  live = createLiveNumbers(LOSS_LIVE);
  live.set({ realTarget: TARGET, fakeTarget: FAKE_TARGET });
});

function discriminatorLoss(name: LossName, real: Tensor, fake: Tensor) {
  const goals = LOSSES[name].discriminator;
  return adversarialLoss(concat([real, fake]), [goals.real, goals.fake], live);
}

const generatorLoss = (name: LossName, fake: Tensor) => adversarialLoss(fake, [LOSSES[name].generator], live);

test.for(Object.keys(EXPECTED) as (keyof typeof EXPECTED)[])("%s is what its paper says, for both players", (name) => {
  const judged = discriminatorLoss(name, column(REAL), column(FAKE));
  const [discriminator] = judged.loss.dataSync();
  const [generator] = generatorLoss(name, column(FAKE)).loss.dataSync();
  expect(discriminator).toBeCloseTo(EXPECTED[name].discriminator, DIGITS);
  expect(generator).toBeCloseTo(EXPECTED[name].generator, DIGITS);
  const [realScore, fakeScore] = judged.scores.dataSync();
  expect(realScore).toBeCloseTo(mean(REAL.map(sigmoid)), DIGITS);
  expect(fakeScore).toBeCloseTo(mean(FAKE.map(sigmoid)), DIGITS);
});

test.for(Object.keys(EXPECTED) as (keyof typeof EXPECTED)[])("%s stays finite for logits far out", (name) => {
  const [sure, wrong] = [column([1000]), column([-1000])];
  for (const loss of [discriminatorLoss(name, wrong, sure).loss, generatorLoss(name, wrong).loss]) {
    expect(loss.dataSync()[0]).toSatisfy(Number.isFinite);
  }
});

function generatorSlope(name: LossName, logit: number): number | undefined {
  const slope = grad((logits: Tensor) => generatorLoss(name, logits).loss)(column([logit]));
  return slope.dataSync()[0];
}

test("a generator that is always caught learns nothing from minimax, and everything from the non-saturating loss", () => {
  expect(generatorSlope("minimax", -30)).toBeCloseTo(0, 10);
  expect(generatorSlope("nonSaturating", -30)).toBeCloseTo(-1, DIGITS);
});

describe("the relativistic average", () => {
  const { discriminator, generator, generatorOfReal } = LOSSES.relativisticAverage;
  const relative = (logits: readonly number[], others: readonly number[]) =>
    logits.map((logit) => logit - mean(others));
  const ofGenerator = (fake: readonly number[]) =>
    crossEntropy(relative(REAL, fake), 0) + crossEntropy(relative(fake, REAL), 1);

  function judgedByGenerator(fake: Tensor) {
    const goals = [present(generatorOfReal, "what the generator wants of real data"), generator];
    return adversarialLoss(relativised(concat([column(REAL), fake])), goals, live);
  }

  test("measures each side by the mean of the other, for both players", () => {
    const logits = relativised(concat([column(REAL), column(FAKE)]));
    const judged = adversarialLoss(logits, [discriminator.real, discriminator.fake], live);
    const expected = crossEntropy(relative(REAL, FAKE), TARGET) + crossEntropy(relative(FAKE, REAL), FAKE_TARGET);
    expect(judged.loss.dataSync()[0]).toBeCloseTo(expected, DIGITS);
    expect(judged.scores.dataSync()[0]).toBeCloseTo(mean(relative(REAL, FAKE).map(sigmoid)), DIGITS);
    expect(judgedByGenerator(column(FAKE)).loss.dataSync()[0]).toBeCloseTo(ofGenerator(FAKE), DIGITS);
  });

  test("pulls at every fake as the differences of that loss do, also by way of the mean", () => {
    const slopes = grad((fake: Tensor) => judgedByGenerator(fake).loss)(column(FAKE)).dataSync();
    // A difference in float64 over this step is right to eight digits.
    const step = 1e-5;
    for (const index of FAKE.keys()) {
      const moved = (by: number) => FAKE.map((logit, place) => (place === index ? logit + by : logit));
      const expected = (ofGenerator(moved(step)) - ofGenerator(moved(-step))) / (2 * step);
      expect(slopes[index]).toBeCloseTo(expected, DIGITS);
    }
  });

  test("does not change where all logits grow together", () => {
    const logits = column([...REAL, ...FAKE]);
    const [before, after] = [relativised(logits), relativised(add(logits, 4))].map((moved) => [...moved.dataSync()]);
    // Numbers of about 4 are rounded at 2e-7.
    for (const [index, value] of (after ?? []).entries()) expect(value).toBeCloseTo(before?.[index] ?? NaN, DIGITS - 1);
  });
});
