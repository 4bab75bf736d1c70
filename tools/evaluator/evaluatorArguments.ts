/** What `npm run evaluator` is asked for: checked before anything is done. */
import type { ImageSetName } from "../../src/data/catalogue.ts";
import { EVALUATORS } from "../../src/metrics/evaluator/evaluators.ts";
import { parseOptions, refuseStrays, UsageError, wholeNumber } from "../cli/usage.ts";

export interface EvaluatorArguments {
  readonly dataSet: ImageSetName;
  readonly seed: number;
  /** Whether to train anew, rather than to measure what there is. */
  readonly train: boolean;
}

const NAMES = Object.keys(EVALUATORS);

const OPTIONS = {
  data: { type: "string", default: "mnist" },
  seed: { type: "string", default: "1" },
  measure: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

export const EVALUATOR_HELP = `Trains the classifier that stands behind the measurements, in headless Chromium on the SIMD backend, and measures it.

  npm run evaluator -- [options]

  --data NAME   ${NAMES.join(", ")} (${OPTIONS.data.default})
  --seed N      where every random draw comes from (${OPTIONS.seed.default})
  --measure     keep the weights there are and measure them anew

It writes public/evaluator/NAME.bin, the weights in half precision, and NAME.json, what was measured on them as stored:
accuracy on the test images, and how real images fare. The same seed and data give the same weights again.`;

/** The arguments, or "help" where that is asked for. Throws a UsageError. */
export function parseEvaluatorArguments(argv: readonly string[]): EvaluatorArguments | "help" {
  const { values, positionals } = parseOptions(argv, OPTIONS);
  if (values.help) return "help";
  refuseStrays(positionals);
  if (!hasEvaluator(values.data)) {
    throw new UsageError(`--data is ${values.data}; it must be one of ${NAMES.join(", ")}.`);
  }
  return {
    dataSet: values.data,
    seed: wholeNumber("--seed", values.seed, 0, 4294967295),
    train: !values.measure,
  };
}

function hasEvaluator(name: string): name is ImageSetName {
  return Object.hasOwn(EVALUATORS, name);
}
