/** `--set path=value`: changes single fields of a config. It must not know where the config comes from. */
import { describeProblem, parseConfig } from "../../src/gan/config.ts";
import type { Config } from "../../src/gan/config.ts";
import { isSettingValue, settingAt, writeSetting } from "../../src/gan/settings.ts";
import { UsageError } from "./usage.ts";

/** The config with one field changed. Throws a UsageError that names the path when there is no such field or value. */
export function applyOverride(config: Config, assignment: string): Config {
  const equals = assignment.indexOf("=");
  if (equals < 1) throw new UsageError(`--set ${assignment} is not of the form path=value.`);
  const path = assignment.slice(0, equals);
  const value = valueOf(assignment.slice(equals + 1));
  return checkedConfig(write(config, path, value), `--set ${assignment}`);
}

/** A config out of anything, or a UsageError that says where it came from and what is wrong. */
export function checkedConfig(input: unknown, origin: string): Config {
  const parsed = parseConfig(input);
  if (parsed.ok) return parsed.config;
  throw new UsageError([`${origin}:`, ...parsed.problems.map(describeProblem)].join("\n  "));
}

/** Numbers, null, true, lists and objects are written as in JSON; everything else is a string. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function write(config: Config, path: string, value: unknown): unknown {
  if (settingAt(path) !== undefined && isSettingValue(value)) return writeSetting(config, path, value);
  return replace(config, path.split("."), value, path);
}

/** A copy with the field at `keys` replaced, which must be there: lists are indexed from 0. */
function replace(node: unknown, keys: readonly string[], value: unknown, path: string): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (
    typeof node !== "object" ||
    node === null ||
    !Object.hasOwn(node, key) ||
    (Array.isArray(node) && key === "length")
  ) {
    throw new UsageError(`--set ${path}: there is no ${path} in this config.`);
  }
  const inner = replace((node as Readonly<Record<string, unknown>>)[key], rest, value, path);
  return Array.isArray(node) ? node.with(Number(key), inner) : { ...node, [key]: inner };
}
