/** What `npm run bench` is asked for: checked before anything is measured. */
import { parseOptions, UsageError, wholeNumber } from "../tools/cli/usage.ts";
import { PRESET_IDS, type Case } from "./cases.ts";

export interface BenchArguments {
  readonly presets: readonly string[];
  readonly cases: readonly Case[];
  readonly rounds: number;
  /** What a case may take in all, for each preset. */
  readonly seconds: number;
  /** Where the JSON goes; null for nowhere. */
  readonly json: string | null;
  /** Something that V8 does only when told to, by the name of its flag; null where it is left as it is. */
  readonly v8: string | null;
}

const OPTIONS = {
  filter: { type: "string", multiple: true },
  rounds: { type: "string", default: "7" },
  seconds: { type: "string", default: "75" },
  json: { type: "string" },
  v8: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

export const BENCH_HELP = `Measures a training step of Duel beside TensorFlow.js, jax-js and PyTorch.

  npm run bench [-- --filter WORDS] [--rounds N] [--seconds N] [--json FILE] [--v8 FLAG]

  --filter WORDS   presets, backends and subjects, separated by commas: only these; may be repeated
                   (${PRESET_IDS.join(", ")}; webgpu, simd, wasm, cpu; duel, tfjs, jax-js, pytorch)
  --rounds N       how often everybody takes a turn (${OPTIONS.rounds.default})
  --seconds N      what one subject may take for each preset, if one turn is not longer (${OPTIONS.seconds.default})
  --json FILE      writes the medians
  --v8 FLAG        has the browser's V8 do what it does only when told to, such as wasm-revectorize`;

/** The arguments, or "help" where that is asked for. Throws a UsageError. */
export function parseBenchArguments(argv: readonly string[], all: readonly Case[]): BenchArguments | "help" {
  const { values, positionals } = parseOptions(argv, OPTIONS);
  if (values.help) return "help";
  const [stray] = positionals;
  if (stray !== undefined) throw new UsageError(`${stray} is one argument too many.`);
  if (values.json === "") throw new UsageError("--json is empty; it must name a file.");
  if (values.v8 !== undefined && !/^[a-z][a-z0-9-]*$/.test(values.v8)) {
    throw new UsageError(`--v8 is ${values.v8}; it must name a flag without its dashes, such as wasm-revectorize.`);
  }
  return {
    ...filtered(
      (values.filter ?? []).flatMap((words) => words.split(",")),
      all,
    ),
    rounds: wholeNumber("--rounds", values.rounds, 1, 1000),
    seconds: wholeNumber("--seconds", values.seconds, 1, 86_400),
    json: values.json ?? null,
    v8: values.v8 ?? null,
  };
}

/** Words of one kind (presets, backends, subjects) widen the choice, words of different kinds narrow it. */
function filtered(words: readonly string[], all: readonly Case[]): Pick<BenchArguments, "presets" | "cases"> {
  const kinds = [
    new Set<string>(PRESET_IDS),
    new Set(all.map(({ backend }) => backend)),
    new Set<string>(all.map(({ subject }) => subject)),
  ] as const;
  for (const word of words) {
    if (kinds.some((kind) => kind.has(word))) continue;
    const known = kinds.map((kind) => [...kind].join(", ")).join("; ");
    throw new UsageError(`--filter names ${word === "" ? "nothing" : word}; it can name ${known}.`);
  }
  const [presetPasses, backendPasses, subjectPasses] = kinds.map((kind) => {
    const named = words.filter((word) => kind.has(word));
    return (name: string) => named.length === 0 || named.includes(name);
  }) as [Passes, Passes, Passes];
  const cases = all.filter(({ backend, subject }) => backendPasses(backend) && subjectPasses(subject));
  if (cases.length === 0) throw new UsageError(`--filter ${words.join(",")} leaves nothing to measure.`);
  return { presets: PRESET_IDS.filter(presetPasses), cases };
}

type Passes = (name: string) => boolean;
