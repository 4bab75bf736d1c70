import { describe, expect, test } from "vitest";
import { MNIST_MLP } from "../../src/gan/presets/mnistMlp.ts";
import { checkExpectations, describeVerdict } from "./expectations.ts";
import type { Outcome } from "./outcomes.ts";

const OUTCOME: Outcome = {
  config: MNIST_MLP.config,
  machine: { backend: "cpu", device: "", processor: "", load: 0 },
  moments: [{ step: 200, seconds: 1, measures: { covered: 4, coverage: 0.25 } }],
  divergedAt: null,
};

describe("an expectation", () => {
  test.each([
    [{ step: 200, measure: "covered", atLeast: 4 }, "holds"],
    [{ step: 200, measure: "covered", atLeast: 5 }, "fails"],
    [{ step: 200, measure: "covered", atMost: 4 }, "holds"],
    [{ step: 200, measure: "covered", atMost: 3 }, "fails"],
    [{ step: 200, measure: "covered", atLeast: 3, atMost: 5 }, "holds"],
    [{ step: 200, measure: "covered", atLeast: 5, atMost: 9 }, "fails"],
    // What was not measured cannot have come true.
    [{ step: 200, measure: "modes", atMost: 8 }, "fails"],
    [{ step: 600, measure: "covered", atLeast: 1 }, "notReached"],
  ] as const)("%j %s", (expectation, result) => {
    expect(checkExpectations({ expects: [expectation] }, OUTCOME)).toMatchObject([{ expectation, result }]);
  });

  test("fails beyond the step at which the run diverged", () => {
    const expects = [{ step: 600, measure: "covered", atLeast: 1 }] as const;
    expect(checkExpectations({ expects }, { ...OUTCOME, divergedAt: 431 })).toMatchObject([{ result: "fails" }]);
  });

  test("is told with what was seen and what was expected", () => {
    const expects = [
      { step: 200, measure: "covered", atLeast: 3, atMost: 5 },
      { step: 200, measure: "coverage", atMost: 0.1 },
      { step: 2000, measure: "score", atLeast: 4 },
    ] as const;
    expect(checkExpectations({ expects }, OUTCOME).map(describeVerdict)).toEqual([
      "✓ Classes covered 4, at least 3 and at most 5 expected, at step 200",
      "✗ Coverage 25 %, at most 10 % expected, at step 200",
      "– Classifier score not measured, at least 4.00 expected, at step 2,000",
    ]);
  });
});

test("a preset without expectations has nothing to hold", () => {
  expect(checkExpectations({}, OUTCOME)).toEqual([]);
});
