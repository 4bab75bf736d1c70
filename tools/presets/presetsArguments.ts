/** What `npm run presets` is asked for: checked before anything is trained. */
import { resolve } from "node:path";
import { BACKENDS, isBackendChoice, type BackendChoice } from "../../src/engine/backends.ts";
import { PRESETS, type Preset } from "../../src/gan/presets/index.ts";
import { parseOptions, UsageError, wholeNumber } from "../cli/usage.ts";

export interface PresetsArguments {
  /** Null for those that have no outcome, or one that no longer speaks of them. */
  readonly presets: readonly Preset[] | null;
  /** No preset is trained further. */
  readonly mostSteps: number;
  readonly backend: BackendChoice;
  /** Absolute path of another folder to write into than docs; null for docs, and for the table of BENCHMARKS.md. */
  readonly out: string | null;
  /** Only writes again what is made of the outcomes that there are. */
  readonly render: boolean;
}

const OPTIONS = {
  filter: { type: "string", multiple: true },
  steps: { type: "string" },
  backend: { type: "string", default: "auto" },
  out: { type: "string" },
  again: { type: "boolean", default: false },
  render: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

export const PRESETS_HELP = `Trains the presets, measures them at a few steps, and checks what they promise.

  npm run presets [-- --filter WORD] [--steps N] [--backend NAME] [--out DIR] [--again] [--render]

  --filter WORD    only presets of that id or, where there is none, with that in it; may be repeated
  --steps N        trains no preset further (images to 2,000, points to 5,000 steps)
  --backend NAME   auto, ${Object.keys(BACKENDS).join(", ")} (${OPTIONS.backend.default})
  --out DIR        writes there instead of into docs, and leaves BENCHMARKS.md alone
  --again          all presets, also those whose outcome is up to date
  --render         trains nothing, and writes the pages anew from outcomes.json

It writes presets.md, presets/outcomes.json and a small picture of each preset, and the table of qualities in BENCHMARKS.md,
after every preset, so that it can be broken off and goes on where it was. Outcomes of other presets stay as they are. It
fails when an expectation does not hold.`;

/** The arguments, or "help" where that is asked for. Throws a UsageError. */
export function parsePresetsArguments(argv: readonly string[]): PresetsArguments | "help" {
  const { values, positionals } = parseOptions(argv, OPTIONS);
  if (values.help) return "help";
  const [stray] = positionals;
  if (stray !== undefined) throw new UsageError(`${stray} belongs to no option.`);
  if (!isBackendChoice(values.backend)) {
    throw new UsageError(`--backend is ${values.backend}; it must be auto, ${Object.keys(BACKENDS).join(", ")}.`);
  }
  if (values.out === "") throw new UsageError("--out is empty; it must name a folder.");
  const words = values.filter ?? [];
  if (values.render && (words.length > 0 || values.again)) {
    throw new UsageError("--render trains nothing, so it goes with neither --filter nor --again.");
  }
  return {
    presets: words.length > 0 ? presetsNamed(words) : values.again ? PRESETS : null,
    mostSteps: values.steps === undefined ? Infinity : wholeNumber("--steps", values.steps, 1, 10_000_000),
    backend: values.backend,
    out: values.out === undefined ? null : resolve(values.out),
    render: values.render,
  };
}

/** In the order of the menu. */
function presetsNamed(words: readonly string[]): readonly Preset[] {
  const named = new Set(
    words.flatMap((word) => {
      const exact = PRESETS.filter(({ id }) => id === word);
      const found = exact.length > 0 || word === "" ? exact : PRESETS.filter(({ id }) => id.includes(word));
      if (found.length > 0) return found;
      throw new UsageError(
        `--filter is ${word === "" ? "empty" : word}, which no preset has in its name: ${PRESETS.map(({ id }) => id).join(", ")}.`,
      );
    }),
  );
  return PRESETS.filter((preset) => named.has(preset));
}
