/**
 * What came out of training each preset: its types, its file, and how new outcomes join older ones. It must not know how a
 * preset is trained, or how an outcome is shown.
 */
import * as v from "valibot";
import { isPointSet, parseConfig, type Config } from "../../src/gan/config.ts";
import type { Preset } from "../../src/gan/presets/index.ts";
import { differingPaths } from "../../src/gan/settings.ts";
import { OUTCOME_MEASURE_NAMES, type Measured } from "./measures.ts";

/** A run at one step. */
export interface Moment {
  readonly step: number;
  /** That training took until then, without what measuring took. */
  readonly seconds: number;
  readonly measures: Measured;
}

/** Where a preset was trained. */
export interface Machine {
  readonly backend: string;
  readonly device: string;
  readonly processor: string;
  /** Mean number of tasks that wanted a processor meanwhile, this training's own threads among them; 0 where unknown. */
  readonly load: number;
}

export interface Outcome {
  readonly config: Config;
  readonly machine: Machine;
  /** By step. */
  readonly moments: readonly Moment[];
  /** The step at which a number became infinite or none; null where that did not happen. */
  readonly divergedAt: number | null;
}

/** By the preset's id. */
export type Outcomes = Readonly<Record<string, Outcome>>;

/** Steps at which every preset is looked at; expectations may add some. */
const STEPS_OF_IMAGES = [200, 600, 2000] as const;
const STEPS_OF_POINTS = [500, 1000, 5000] as const;

/** The steps at which a preset is measured, in order; none is above `most`, which is one of them where it cuts some off. */
export function stepsOf(
  { config, expects = [] }: Pick<Preset, "config" | "expects">,
  most = Infinity,
): readonly number[] {
  const usual = isPointSet(config.dataSet) ? STEPS_OF_POINTS : STEPS_OF_IMAGES;
  const all = [...new Set([...usual, ...expects.map(({ step }) => step)])];
  const cut = all.filter((step) => step <= most);
  return (cut.length < all.length ? [...new Set([...cut, most])] : cut).toSorted((a, b) => a - b);
}

/** Whether the outcome is one of that config, and reaches that far. */
export function isCurrent(outcome: Outcome | undefined, config: Config, steps: readonly number[]): outcome is Outcome {
  if (outcome === undefined || differingPaths(outcome.config, config).length > 0) return false;
  const measured = outcome.moments.map(({ step }) => step);
  return outcome.divergedAt !== null || steps.every((step) => measured.includes(step));
}

/** The outcomes with one of them replaced, in the order of the presets. What no preset is called any more is left out. */
export function mergeOutcome(
  outcomes: Outcomes,
  presets: readonly Pick<Preset, "id">[],
  id: string,
  outcome: Outcome,
): Outcomes {
  const all: Outcomes = { ...outcomes, [id]: outcome };
  return Object.fromEntries(
    presets.flatMap((preset) => {
      const found = all[preset.id];
      return found === undefined ? [] : [[preset.id, found]];
    }),
  );
}

const configSchema = v.rawTransform<unknown, Config>(({ dataset, addIssue, NEVER }) => {
  const parsed = parseConfig(dataset.value);
  if (parsed.ok) return parsed.config;
  addIssue({ message: `a config whose ${parsed.problems.map(({ path }) => path).join(", ")} is not valid` });
  return NEVER;
});

const fileSchema = v.object({
  version: v.literal(1),
  presets: v.record(
    v.string(),
    v.object({
      config: v.pipe(v.unknown(), configSchema),
      machine: v.object({ backend: v.string(), device: v.string(), processor: v.string(), load: v.number() }),
      moments: v.array(
        v.object({
          step: v.number(),
          seconds: v.number(),
          measures: v.record(v.picklist(OUTCOME_MEASURE_NAMES), v.number()),
        }),
      ),
      divergedAt: v.nullable(v.number()),
    }),
  ),
});

/** The outcomes in a file's text. Throws an Error that says what is wrong with it. */
export function parseOutcomes(text: string): Outcomes {
  const parsed = v.safeParse(fileSchema, JSON.parse(text));
  if (parsed.success) return parsed.output.presets;
  const [issue] = parsed.issues;
  throw new Error(`${v.getDotPath(issue) ?? "The whole"}: ${issue.message}`);
}

/** The outcomes as text with a line a moment, so that a preset trained anew changes its own lines alone. */
export function writeOutcomes(outcomes: Outcomes): string {
  const presets = Object.entries(outcomes).map(([id, { config, machine, moments, divergedAt }]) => {
    const fields = [
      `"config": ${JSON.stringify(config)}`,
      `"machine": ${JSON.stringify(machine)}`,
      `"moments": [\n${moments.map((moment) => `        ${JSON.stringify(moment)}`).join(",\n")}\n      ]`,
      `"divergedAt": ${JSON.stringify(divergedAt)}`,
    ];
    return `    ${JSON.stringify(id)}: {\n      ${fields.join(",\n      ")}\n    }`;
  });
  return `{\n  "version": 1,\n  "presets": {\n${presets.join(",\n")}\n  }\n}\n`;
}
