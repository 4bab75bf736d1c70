import { grad, setBackend, tensor2d, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { createLiveNumbers, type LiveNumbers } from "../engine/liveNumbers.ts";
import { LOSS_LIVE, type Goal } from "../engine/operations/adversarialLoss.ts";
import { uniform } from "../shared/random.ts";
import type { LossName } from "./config.ts";
import { FLIP_LIVE, flippedCost } from "./flippedLabels.ts";
import { LOSSES } from "./losses.ts";

const REAL = [2, -1, 0.5, 3];
const FAKE = [-2, 0.25, 1.5, -0.5];
const TARGETS = { realTarget: 0.9, fakeTarget: 0.2 };
/** Below a rate of 0.3 are the first real one, and the second and third fake ones. */
const CHANCES = [0.1, 0.3, 0.9, 0.5, 0.6, 0.29, 0, 0.31];
const RATE = 0.3;

// Float32 rounds a mean of numbers near 1 at a few units of 6e-8.
const DIGITS = 6;

/** What a logit costs, in float64. */
const COSTS: Readonly<Record<Goal["term"], (logit: number, target: number) => number>> = {
  crossEntropy: (logit, target) => Math.log(1 + Math.exp(logit)) - target * logit,
  squaredDistance: (logit, target) => (logit - target) ** 2 / 2,
  hinge: (logit, target) => Math.max(0, 1 - target * logit),
  linear: (logit, target) => target * logit,
};

/** The discriminator's loss in float64, of logits whose labels are flipped where `flips` says so. */
function lossOf(name: LossName, logits: readonly number[], flips: readonly boolean[]): number {
  const { real, fake } = LOSSES[name].discriminator;
  const targetOf = ({ target }: Goal) => (typeof target === "number" ? target : TARGETS[target]);
  const half = logits.length / 2;
  return logits.reduce((sum, logit, index) => {
    const isCalledReal = index < half !== flips[index];
    return sum + COSTS[real.term](logit, targetOf(isCalledReal ? real : fake)) / half;
  }, 0);
}

let targets: LiveNumbers<"realTarget" | "fakeTarget">;
let flipping: LiveNumbers<"rate">;

beforeAll(async () => {
  await setBackend("cpu");
  targets = createLiveNumbers(LOSS_LIVE);
  targets.set(TARGETS);
  flipping = createLiveNumbers(FLIP_LIVE);
});

const column = (values: readonly number[]) => tensor2d([...values], [values.length, 1]);

function costOf(name: LossName, logits: Tensor, chances: readonly number[], rate: number) {
  flipping.set({ rate });
  return flippedCost(logits, column(chances), LOSSES[name].discriminator, targets, flipping);
}

describe.for(Object.keys(LOSSES) as LossName[])("the flipped labels of %s", (name) => {
  const logits = [...REAL, ...FAKE];
  const flips = CHANCES.map((chance) => chance < RATE);
  const none = CHANCES.map(() => false);

  test("cost what the loss of swapped targets costs beyond that of the right ones", () => {
    const [cost] = costOf(name, column(logits), CHANCES, RATE).dataSync();
    expect(cost).toBeCloseTo(lossOf(name, logits, flips) - lossOf(name, logits, none), DIGITS);
  });

  test("pull at the logits as the differences of that cost do", () => {
    const slopes = grad((x: Tensor) => costOf(name, x, CHANCES, RATE))(column(logits)).dataSync();
    // Far from the hinge's kinks at ±1, a difference in float64 over this step is right to eight digits.
    const step = 1e-5;
    for (const index of logits.keys()) {
      const moved = (by: number) => logits.map((logit, place) => (place === index ? logit + by : logit));
      const grown = (by: number) => lossOf(name, moved(by), flips) - lossOf(name, moved(by), none);
      // The second real logit lies on the hinge's kink, and its label is not flipped.
      if (flips[index] === true) expect(slopes[index]).toBeCloseTo((grown(step) - grown(-step)) / (2 * step), 5);
      else expect(slopes[index]).toBeCloseTo(0, 12);
    }
  });
});

test("a rate of zero flips nothing, and another one the share of labels that it says, on either side", () => {
  const count = 4000;
  const chances = [...uniform({ seed: 3, stream: "labelFlips", draw: 0 }, 2 * count)];
  const ones = (wanted: (index: number) => boolean) => column(chances.map((_, index) => (wanted(index) ? 1 : 0)));
  const reals = ones((index) => index < count);
  const fakes = ones((index) => index >= count);
  // A logit of 1 with a flipped label costs the critic 2 more where it is real, and 2 less where it is fake.
  const share = (logits: Tensor, rate: number) =>
    Math.abs(costOf("wasserstein", logits, chances, rate).dataSync()[0] ?? NaN) / 2;
  for (const logits of [reals, fakes]) {
    expect(share(logits, 0)).toBe(0);
    // 0.007 of standard deviation; more than three of these are left room for.
    expect(Math.abs(share(logits, 0.25) - 0.25)).toBeLessThan(0.025);
  }
});
