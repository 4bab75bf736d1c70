/** What `npm run parity` is asked for: checked before anything is done. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BackendChoice } from "../../src/engine/backends.ts";
import { BACKEND_NAMES, backendFrom } from "./backendOption.ts";
import { parseOptions, UsageError } from "./usage.ts";

export interface ParityArguments {
  readonly backend: BackendChoice;
  /** At least one, by name. */
  readonly files: readonly ParityFile[];
}

export interface ParityFile {
  readonly name: string;
  /** The parsed JSON, or undefined when it is none. */
  readonly content: unknown;
}

const OPTIONS = {
  backend: { type: "string", default: "cpu" },
  help: { type: "boolean", short: "h", default: false },
} as const;

export const PARITY_HELP = `Runs parity files through the training step and compares it with what PyTorch computed.

  npm run parity -- DIR [--backend NAME]

  DIR              a folder of parity files; every *.json of it is checked
  --backend NAME   ${BACKEND_NAMES} (${OPTIONS.backend.default})

It prints a line a file with the largest relative error and where it was found, and fails when one is too large.`;

/** The arguments, or "help" where that is asked for. Throws a UsageError. */
export function parseParityArguments(argv: readonly string[]): ParityArguments | "help" {
  const { values, positionals } = parseOptions(argv, OPTIONS);
  if (values.help) return "help";
  const [folder, stray] = positionals;
  if (folder === undefined) throw new UsageError("The folder of the parity files is missing.");
  if (stray !== undefined) throw new UsageError(`${stray} is one argument too many.`);
  const backend = backendFrom(values.backend);
  return { backend, files: readFolder(folder) };
}

function readFolder(folder: string): readonly ParityFile[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (names.length === 0) throw new UsageError(`${folder} has no parity file (*.json).`);
  return names.toSorted().map((name) => ({ name, content: parsed(join(folder, name)) }));
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
