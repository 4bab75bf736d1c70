import { dispose, grad, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createLiveNumbers } from "../../liveNumbers.ts";
import { adversarialLoss, LOSS_LIVE, LOSS_TERMS, type Goal, type LossTerm } from "../../operations/adversarialLoss.ts";
import { judgedByDefinition } from "../../operations/lossReferences.ts";
import { startSimd } from "../index.ts";
import { expectClose, numbers, ODD_SIZES, tensorOf } from "../testing.ts";

// The module's e^x is right to about one unit in the last place, 1.2e-7.
const TOLERANCE = 1e-6;

const FAKE_TARGET = 0.125;

function check(logits: Float32Array<ArrayBuffer>, goals: readonly Goal[], realTarget: number): void {
  const live = createLiveNumbers(LOSS_LIVE);
  live.set({ realTarget, fakeTarget: FAKE_TARGET });
  const x = tensorOf(logits, [logits.length, 1]);
  const { loss, scores } = tidy(() => ({ ...adversarialLoss(x, goals, live) }));
  const slopes = tidy(() => grad((input: Tensor) => adversarialLoss(input, goals, live).loss)(x));
  const expected = judgedByDefinition(logits, goals, { realTarget, fakeTarget: FAKE_TARGET });
  expectClose(loss, [expected.loss], TOLERANCE);
  expectClose(scores, expected.scores, TOLERANCE);
  expectClose(slopes, expected.slopes, TOLERANCE);
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
