import { expect, test } from "vitest";
import { UsageError } from "../cli/usage.ts";
import { parseEvaluatorArguments } from "./evaluatorArguments.ts";

test("without options MNIST's evaluator is trained from seed 1", () => {
  expect(parseEvaluatorArguments([])).toEqual({ dataSet: "mnist", seed: 1, train: true });
  expect(parseEvaluatorArguments(["--seed", "7", "--measure"])).toEqual({ dataSet: "mnist", seed: 7, train: false });
  expect(parseEvaluatorArguments(["--help"])).toBe("help");
});

test.for([["--data", "letters"], ["--data", "toString"], ["--seed", "-1"], ["--epochs", "2"], ["mnist"]])(
  "%j is refused before anything is done",
  (argv) => {
    expect(() => parseEvaluatorArguments(argv)).toThrow(UsageError);
  },
);
