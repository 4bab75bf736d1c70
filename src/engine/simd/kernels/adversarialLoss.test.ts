import { dispose, grad, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createLiveNumbers } from "../../liveNumbers.ts";
import { adversarialLoss, LOSS_LIVE, LOSS_TERMS, type Goal, type LossTerm } from "../../operations/adversarialLoss.ts";
import { startSimd } from "../index.ts";
import { expectClose, numbers, ODD_SIZES, tensorOf } from "../testing.ts";

// The module's e^x is right to about one unit in the last place, 1.2e-7.
const TOLERANCE = 1e-6;

const sigmoid = (l: number) => 1 / (1 + Math.exp(-l));

const TERMS: Readonly<Record<LossTerm, { value(l: number, t: number): number; slope(l: number, t: number): number }>> =
  {
    crossEntropy: {
      value: (l, t) => Math.max(l, 0) + Math.log1p(Math.exp(-Math.abs(l))) - t * l,
      slope: (l, t) => sigmoid(l) - t,
    },
    squaredDistance: { value: (l, t) => 0.5 * (l - t) ** 2, slope: (l, t) => l - t },
    hinge: { value: (l, t) => Math.max(0, 1 - t * l), slope: (l, t) => (t * l < 1 ? -t : 0) },
    linear: { value: (l, t) => t * l, slope: (_, t) => t },
  };

const FAKE_TARGET = 0.125;

function check(logits: Float32Array<ArrayBuffer>, goals: readonly Goal[], realTarget: number): void {
  const live = createLiveNumbers(LOSS_LIVE);
  live.set({ realTarget, fakeTarget: FAKE_TARGET });
  const batch = logits.length / goals.length;
  const x = tensorOf(logits, [logits.length, 1]);
  const { loss, scores } = tidy(() => ({ ...adversarialLoss(x, goals, live) }));
  const slopes = tidy(() => grad((input: Tensor) => adversarialLoss(input, goals, live).loss)(x));
  const expected = goals.map(({ term, target, weight }, group) => {
    const own = [...logits.slice(group * batch, (group + 1) * batch)];
    const t = typeof target === "number" ? target : { realTarget, fakeTarget: FAKE_TARGET }[target];
    return {
      cost: (own.reduce((sum, l) => sum + TERMS[term].value(l, t), 0) * weight) / batch,
      score: own.reduce((sum, l) => sum + sigmoid(l), 0) / batch,
      slopes: own.map((l) => (TERMS[term].slope(l, t) * weight) / batch),
    };
  });
  expectClose(loss, [expected.reduce((sum, { cost }) => sum + cost, 0)], TOLERANCE);
  expectClose(
    scores,
    expected.map(({ score }) => score),
    TOLERANCE,
  );
  expectClose(
    slopes,
    expected.flatMap((group) => group.slopes),
    TOLERANCE,
  );
  live.dispose();
  dispose(x);
}

describe("the adversarial losses agree with float64", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test.for(Object.keys(LOSS_TERMS) as LossTerm[])("%s", (term) => {
    for (const batch of ODD_SIZES) {
      check(
        numbers([batch]).map((l) => 3 * l),
        [{ term, target: 1, weight: -1 }],
        1,
      );
      const both: readonly Goal[] = [
        { term, target: "realTarget", weight: 1 },
        { term, target: -1, weight: 0.5 },
      ];
      check(
        numbers([2 * batch]).map((l) => 3 * l),
        both,
        0.9,
      );
    }
  });

  test("logits beyond what e^x can hold cost what they should", () => {
    check(Float32Array.from([-200, -90, 0, 90, 200]), [{ term: "crossEntropy", target: 0.9, weight: 1 }], 1);
  });

  test("a logit that is no number makes a loss that is none", () => {
    const live = createLiveNumbers(LOSS_LIVE);
    for (const term of Object.keys(LOSS_TERMS) as LossTerm[]) {
      const x = tensorOf(Float32Array.from([1, NaN]), [2, 1]);
      const { loss, scores } = adversarialLoss(x, [{ term, target: 1, weight: 1 }], live);
      expect(loss.dataSync()[0], term).toBeNaN();
      dispose([x, loss, scores]);
    }
    live.dispose();
  });
});
