/** A config and a place as the hash of a link, and back. It knows the tables of settings, presets and places, not the page. */
import { formatCount } from "../shared/counts.ts";
import type { Config } from "../gan/config.ts";
import { describeProblem, parseConfig } from "../gan/config.ts";
import type { Preset } from "../gan/presets/index.ts";
import { presetById, PRESETS } from "../gan/presets/index.ts";
import type { Setting, SettingValue } from "../gan/settings.ts";
import { SETTINGS, storedSetting, writeSetting } from "../gan/settings.ts";
import { present } from "../shared/invariant.ts";
import { drawingText, readDrawing } from "./drawingText.ts";
import { FIRST_PLACE, isPlaceName, type PlaceName } from "./places.ts";

/** Longer hashes are refused unread: the largest config that can be written is far shorter. */
const LONGEST_HASH = 40_000;
/** How much of a strange word a message repeats. */
const LONGEST_QUOTE = 40;
const NETWORKS = ["generator", "discriminator"] as const;
const DRAWING = "drawing";
const SWITCHED_ON = "on";
const SWITCHED_OFF = "off";
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A config and the preset it is told apart from. */
export interface LinkedConfig {
  readonly presetId: string;
  readonly config: Config;
}

/** What a whole link says. */
export interface Linked extends LinkedConfig {
  readonly place: PlaceName;
}

export type ParsedLink =
  | ({ readonly ok: true } & Linked)
  /** What was wrong, a sentence each, and what stands instead. */
  | ({ readonly ok: false; readonly problems: readonly string[] } & Linked);

export const DEFAULT_PRESET: Preset = present(PRESETS[0], "a first preset");

/** The hash, with its "#", that names the place if it is not the first, the preset, and whatever the config does otherwise. */
export function writeLink({ presetId, config, place = FIRST_PLACE }: LinkedConfig & Partial<Linked>): string {
  const preset = presetById(presetId) ?? DEFAULT_PRESET;
  const parameters = new URLSearchParams(place === FIRST_PLACE ? {} : { place });
  parameters.set("preset", preset.id);
  // The reader applies settings in the table's order, where choosing an optimiser brings defaults: so does this.
  let known: Config = preset.config;
  for (const setting of SETTINGS) {
    const value = storedSetting(config, setting.path);
    if (value === undefined || value === storedSetting(known, setting.path)) continue;
    parameters.set(setting.urlKey, inText(value));
    const parsed = parseConfig(writeSetting(known, setting.path, value));
    if (parsed.ok) known = parsed.config;
  }
  for (const network of NETWORKS) {
    const layers = JSON.stringify(config[network]);
    // Choosing points instead of images has brought other networks than the preset's.
    if (layers !== JSON.stringify(known[network])) parameters.set(network, layers);
  }
  const drawing = drawingText(config.drawing);
  if (config.dataSet === "drawn" && drawing !== drawingText(preset.config.drawing)) parameters.set(DRAWING, drawing);
  return `#${parameters.toString()}`;
}

function inText(value: SettingValue): string {
  if (typeof value === "boolean") return value ? SWITCHED_ON : SWITCHED_OFF;
  return value === null ? SWITCHED_OFF : String(value);
}

/** Reads a hash, with or without its "#". Anything strange is named, and then the default stands. Never throws. */
export function readLink(hash: string): ParsedLink {
  const text = hash.startsWith("#") ? hash.slice(1) : hash;
  if (text.length > LONGEST_HASH) {
    return refused([
      `The link is ${formatCount(text.length)} characters long; no config needs more than ${formatCount(LONGEST_HASH)}.`,
    ]);
  }
  const parameters = new URLSearchParams(text);
  const strange = [...new Set(parameters.keys())].flatMap((key) => problemsOfKey(parameters, key));
  const presetId = parameters.get("preset") ?? DEFAULT_PRESET.id;
  const preset = presetById(presetId);
  if (preset === undefined) strange.push(`There is no preset called ${quote(presetId)}.`);
  const place = parameters.get("place") ?? FIRST_PLACE;
  if (!isPlaceName(place)) strange.push(`There is no place called ${quote(place)}.`);
  if (preset === undefined || !isPlaceName(place) || strange.length > 0) return refused(strange);

  const problems: string[] = [];
  let input: unknown = preset.config;
  for (const setting of SETTINGS) {
    const written = parameters.get(setting.urlKey);
    if (written === null) continue;
    input = applySetting(input, setting, written, problems);
  }
  for (const network of NETWORKS) {
    const written = parameters.get(network);
    if (written !== null) input = applyNetwork(input, network, written, problems);
  }
  const drawing = parameters.get(DRAWING);
  if (drawing !== null) input = applyDrawing(input, drawing, problems);
  if (problems.length > 0) return refused(problems);
  const parsed = parseConfig(input);
  if (!parsed.ok) return refused(parsed.problems.map(describeProblem));
  return { ok: true, presetId, config: parsed.config, place };
}

function refused(problems: readonly string[]): ParsedLink {
  return { ok: false, problems, presetId: DEFAULT_PRESET.id, config: DEFAULT_PRESET.config, place: FIRST_PLACE };
}

function problemsOfKey(parameters: URLSearchParams, key: string): string[] {
  const known =
    key === "preset" ||
    key === "place" ||
    key === DRAWING ||
    NETWORKS.some((name) => name === key) ||
    SETTINGS.some((s) => s.urlKey === key);
  if (!known) return [`${quote(key)} is not something a link can set.`];
  return parameters.getAll(key).length > 1 ? [`${quote(key)} is set more than once.`] : [];
}

function applySetting(input: unknown, setting: Setting, written: string, problems: string[]): unknown {
  const value = readValue(setting, written);
  const parsed = parseConfig(input);
  if (!parsed.ok) return input;
  if (value === undefined) {
    problems.push(`${setting.label} (${setting.urlKey}) is ${quote(written)}; it must be ${allowedFor(setting)}.`);
    return input;
  }
  const changed = parseConfig(writeSetting(parsed.config, setting.path, value));
  if (changed.ok) return changed.config;
  problems.push(...changed.problems.map((problem) => `In ${quote(setting.urlKey)}: ${describeProblem(problem)}`));
  return input;
}

function readValue(setting: Setting, written: string): SettingValue | undefined {
  if (setting.kind === "choice") return setting.options.find((option) => option.value === written)?.value;
  if (setting.kind === "flag") return { [SWITCHED_ON]: true, [SWITCHED_OFF]: false }[written];
  if (written === SWITCHED_OFF && setting.whenSwitchedOn !== undefined) return null;
  return NUMBER.test(written) ? Number(written) : undefined;
}

function allowedFor(setting: Setting): string {
  if (setting.kind === "choice") return `one of ${setting.options.map((option) => option.value).join(", ")}`;
  if (setting.kind === "flag") return `"${SWITCHED_ON}" or "${SWITCHED_OFF}"`;
  const [minimum, maximum] = setting.range;
  const range = `a number from ${String(minimum)} to ${String(maximum)}`;
  return setting.whenSwitchedOn === undefined ? range : `${range}, or "${SWITCHED_OFF}"`;
}

function applyNetwork(
  input: unknown,
  network: (typeof NETWORKS)[number],
  written: string,
  problems: string[],
): unknown {
  try {
    const layers: unknown = JSON.parse(written);
    return { ...(input as object), [network]: layers };
  } catch {
    problems.push(`The layers of the ${network} are not valid JSON: ${quote(written)}.`);
    return input;
  }
}

function applyDrawing(input: unknown, written: string, problems: string[]): unknown {
  const drawing = readDrawing(written);
  if (drawing === null) {
    problems.push(`The drawing (${DRAWING}) is ${quote(written)}; it must be four hexadecimal digits a point.`);
    return input;
  }
  return { ...(input as object), drawing };
}

function quote(text: string): string {
  return `“${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text}”`;
}
