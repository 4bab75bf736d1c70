/** What `npm run soak` is asked for: checked before anything is done. */
import type { BackendChoice } from "../../src/engine/backends.ts";
import type { Config } from "../../src/gan/config.ts";
import { presetById } from "../../src/gan/presets/index.ts";
import { BACKEND_NAMES, backendFrom } from "./backendOption.ts";
import { checkedFolder } from "./trainArguments.ts";
import { parseOptions, refuseStrays, UsageError, wholeNumber } from "./usage.ts";

export interface SoakArguments {
  readonly preset: string;
  readonly config: Config;
  readonly backend: BackendChoice;
  /** The steps at which is looked what the run holds, the last one being the end. */
  readonly looks: readonly number[];
  /** Absolute path of the folder for the samples; null where nobody wants them. */
  readonly out: string | null;
}

/** Steps in which everything is taken that stays: kernels, recordings, buffers for what is shown. */
export const SETTLING_STEPS = 50;
/** How often is looked after that. */
const LOOKS = 10;
const MOST_STEPS = 10_000_000;

const OPTIONS = {
  preset: { type: "string", default: "mnist-mlp" },
  steps: { type: "string", default: "10000" },
  backend: { type: "string", default: "auto" },
  out: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

export const SOAK_HELP = `Trains for long without a screen, and looks whether what the run holds grows.

  npm run soak [-- --preset NAME] [--steps N] [--backend NAME] [--out DIR]

  --preset NAME    a preset (${OPTIONS.preset.default})
  --steps N        steps, at least ${String(SETTLING_STEPS + LOOKS)} (${OPTIONS.steps.default})
  --backend NAME   ${BACKEND_NAMES} (${OPTIONS.backend.default})
  --out DIR        also writes samples.png of the last step

It prints what is held after ${String(SETTLING_STEPS)} steps and ${String(LOOKS)} times after that, and fails when anything has grown.`;

/** The arguments, or "help" where that is asked for. Throws a UsageError. */
export function parseSoakArguments(argv: readonly string[]): SoakArguments | "help" {
  const { values, positionals } = parseOptions(argv, OPTIONS);
  if (values.help) return "help";
  refuseStrays(positionals);
  const backend = backendFrom(values.backend);
  const preset = presetById(values.preset);
  if (preset === undefined) throw new UsageError(`--preset is ${values.preset}, which is none.`);
  return {
    preset: preset.id,
    config: preset.config,
    backend,
    looks: looksUntil(wholeNumber("--steps", values.steps, SETTLING_STEPS + LOOKS, MOST_STEPS)),
    out: values.out === undefined ? null : checkedFolder(values.out),
  };
}

function looksUntil(steps: number): readonly number[] {
  const later = (look: number) => SETTLING_STEPS + Math.round(((steps - SETTLING_STEPS) * look) / LOOKS);
  return Array.from({ length: LOOKS + 1 }, (_, look) => later(look));
}
