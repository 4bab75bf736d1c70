/** What `npm run train` is asked for. Checks everything before anything is done; it must not do any of it. */
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { BackendChoice } from "../../src/engine/backends.ts";
import { isPointSet } from "../../src/gan/config.ts";
import type { Config } from "../../src/gan/config.ts";
import { PRESETS, presetById } from "../../src/gan/presets/index.ts";
import { BACKEND_NAMES, backendFrom } from "./backendOption.ts";
import { applyOverride, checkedConfig } from "./overrides.ts";
import { parseOptions, refuseStrays, UsageError, wholeNumber } from "./usage.ts";

export interface TrainArguments {
  readonly config: Config;
  readonly steps: number;
  readonly backend: BackendChoice;
  /** Absolute path of the folder to write into. */
  readonly out: string;
  /** Fresh samples to write as samples.npy; 0 for no such file. */
  readonly samples: number;
  /** Whether the samples of the last step are measured. */
  readonly evaluate: boolean;
  /** Steps between two rows of the strip. */
  readonly stripEvery: number;
}

const MOST_STEPS = 10_000_000;
const MOST_SAMPLES = 1_000_000;
/** Rows that a strip has unless asked otherwise, and may have. */
const STRIP_ROWS = { usual: 12, most: 1000 } as const;

const OPTIONS = {
  preset: { type: "string", default: "mnist-mlp" },
  config: { type: "string" },
  set: { type: "string", multiple: true },
  steps: { type: "string", default: "300" },
  seed: { type: "string" },
  backend: { type: "string", default: "auto" },
  out: { type: "string" },
  samples: { type: "string", default: "0" },
  "strip-every": { type: "string" },
  evaluate: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

export const TRAIN_HELP = `Trains a GAN without a screen, in the same worker as the page, and writes what comes out.

  npm run train -- --out DIR [options]

  --out DIR            the folder to write into; it is made where it is missing
  --preset NAME        ${PRESETS.map(({ id }) => id).join(", ")} (${OPTIONS.preset.default})
  --config FILE        JSON with fields of a config; they replace those of the preset
  --set PATH=VALUE     changes one field, such as batchSize=32, optimizer.generator.learningRate=1e-3 or
                       generator.0.units=128; may be given several times
  --steps N            updates of the generator (${OPTIONS.steps.default})
  --seed N             where every random draw comes from (that of the config)
  --backend NAME       ${BACKEND_NAMES} (${OPTIONS.backend.default})
  --samples N          also writes N fresh samples to samples.npy
  --evaluate           also measures the samples of the last step and writes metrics.json
  --strip-every N      steps between two rows of strip.png (a ${String(STRIP_ROWS.usual)}th of all)

It writes config.json, metrics.csv with a row a step, samples.png, real.png, strip.png and, where asked for, samples.npy
(uint8, N × height × width × channels; float32, N × 2, for points in the plane, whose pictures are of the whole plane).
Ctrl-C stops training and still writes them.`;

/** The arguments, or "help" where that is asked for. Throws a UsageError and leaves the disk as it is. */
export function parseTrainArguments(argv: readonly string[]): TrainArguments | "help" {
  const { values, positionals } = parseOptions(argv, OPTIONS);
  if (values.help) return "help";
  refuseStrays(positionals);
  const backend = backendFrom(values.backend);
  const steps = wholeNumber("--steps", values.steps, 1, MOST_STEPS);
  const config = configFrom(values);
  if (values.evaluate && isPointSet(config.dataSet)) {
    throw new UsageError(`--evaluate measures images, and ${config.dataSet} is a data set of points.`);
  }
  return {
    config,
    steps,
    backend,
    samples: wholeNumber("--samples", values.samples, 0, MOST_SAMPLES),
    evaluate: values.evaluate,
    stripEvery: stripEveryFrom(values["strip-every"], steps),
    out: checkedFolder(values.out),
  };
}

interface ConfigOptions {
  readonly preset: string;
  readonly config?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly seed?: string | undefined;
}

function configFrom({ preset, config, set = [], seed }: ConfigOptions): Config {
  const named = presetById(preset);
  if (named === undefined) {
    throw new UsageError(`--preset is ${preset}; it must be one of ${PRESETS.map(({ id }) => id).join(", ")}.`);
  }
  const written = config === undefined ? {} : readConfigFile(config);
  const base = checkedConfig({ ...named.config, ...written }, config ?? preset);
  const changed = set.reduce(applyOverride, base);
  return seed === undefined ? changed : applyOverride(changed, `seed=${seed}`);
}

function readConfigFile(path: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`--config ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new UsageError(`--config ${path} holds no config: it must be an object with the fields of a config.`);
}

function stripEveryFrom(text: string | undefined, steps: number): number {
  if (text === undefined) return Math.max(1, Math.ceil(steps / STRIP_ROWS.usual));
  const every = wholeNumber("--strip-every", text, 1, MOST_STEPS);
  if (steps / every <= STRIP_ROWS.most) return every;
  const least = Math.ceil(steps / STRIP_ROWS.most);
  throw new UsageError(
    `--strip-every ${text} makes a strip of more than ${String(STRIP_ROWS.most)} rows; ${String(least)} or more does not.`,
  );
}

/** The absolute path of the folder that --out names, if it is or can become one that can be written into. */
export function checkedFolder(out: string | undefined): string {
  if (out === undefined || out === "") throw new UsageError("--out is missing: name the folder to write into.");
  const folder = resolve(out);
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  if (!statSync(there).isDirectory()) throw new UsageError(`--out ${out}: ${there} is not a folder.`);
  try {
    accessSync(there, constants.W_OK);
  } catch {
    throw new UsageError(`--out ${out}: ${there} cannot be written into.`);
  }
  return folder;
}
