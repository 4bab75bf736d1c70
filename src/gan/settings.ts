/**
 * Every adjustable field of a config, once: its label, range, scale, help, liveness and URL key. Controls, validation,
 * sharing and documentation derive from this table; it must not know any of them, nor the schema that they make up.
 */
import type { Config, GradientPenaltyConfig } from "./config.ts";
import { fieldsForDataSet, fieldsOfDataSet } from "./config/starters.ts";
import { DATA_SETTINGS } from "./settings/dataSettings.ts";
import { DISPLAY_SETTINGS } from "./settings/displaySettings.ts";
import { NETWORK_SETTINGS } from "./settings/networkSettings.ts";
import { OBJECTIVE_SETTINGS } from "./settings/objectiveSettings.ts";
import { optimizerSettings, SCHEDULE_SETTINGS } from "./settings/optimizerSettings.ts";
import { STABILIZER_SETTINGS } from "./settings/stabilizerSettings.ts";
import type { Setting, SettingValue } from "./settings/setting.ts";

export type * from "./settings/setting.ts";

/** Every setting, in the order in which the page shows them within a group. */
export const SETTINGS: readonly Setting[] = [
  ...DATA_SETTINGS,
  ...NETWORK_SETTINGS,
  ...OBJECTIVE_SETTINGS,
  ...SCHEDULE_SETTINGS,
  ...STABILIZER_SETTINGS,
  ...optimizerSettings("generator", "g"),
  ...optimizerSettings("discriminator", "d"),
  ...DISPLAY_SETTINGS,
];

const SETTINGS_BY_PATH: ReadonlyMap<string, Setting> = new Map(SETTINGS.map((setting) => [setting.path, setting]));

/** The setting of that path, or undefined where the path names none. */
export function settingAt(path: string): Setting | undefined {
  return SETTINGS_BY_PATH.get(path);
}

/** What an optimiser starts from when it is chosen; the learning rate is kept. */
const OPTIMIZER_DEFAULTS = {
  adam: { beta1: 0.5, beta2: 0.999 },
  adamw: { beta1: 0.5, beta2: 0.999, weightDecay: 0.01 },
  lion: { beta1: 0.9, beta2: 0.99, weightDecay: 0 },
  rmsprop: { decay: 0.9 },
  sgd: { momentum: 0.5 },
  nesterov: { momentum: 0.5 },
} as const;

const DEFAULT_PENALTY_WEIGHT: Readonly<Record<GradientPenaltyConfig["type"], number>> = {
  wganGp: 10,
  dragan: 10,
  r1: 1,
  r2: 1,
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readPath(node: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), node);
}

function writePath(node: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const record = isRecord(node) ? node : {};
  return { ...record, [key]: writePath(record[key], rest, value) };
}

/** Whether something can be the value of a setting. */
export function isSettingValue(value: unknown): value is SettingValue {
  return value === null || ["number", "string", "boolean"].includes(typeof value);
}

/** The value a config has for a setting, or undefined where the setting has no place in it (β₁ without Adam). */
export function readSetting(config: Config, path: string): SettingValue | undefined {
  return settingAt(path)?.when?.(config) === false ? undefined : storedSetting(config, path);
}

/** The same, also where the value means nothing beside the others (the label smoothing of a hinge loss). */
export function storedSetting(config: Config, path: string): SettingValue | undefined {
  if (path === "gradientPenalty.type") return config.gradientPenalty?.type ?? "none";
  if (path === "conditioning.type") return config.conditioning?.type ?? "none";
  const value = readPath(config, path.split("."));
  return isSettingValue(value) ? value : undefined;
}

/**
 * A copy of the config with one setting changed, not yet validated: give it to parseConfig. Choosing an optimiser, a
 * penalty, a way to tell classes, or points instead of images brings the fields that it needs.
 */
export function writeSetting(config: Config, path: string, value: SettingValue): unknown {
  if (path === "dataSet") return { ...config, ...fieldsForDataSet(config.dataSet, value), dataSet: value };
  if (path === "gradientPenalty.type") {
    if (value === "none" || value === null) return { ...config, gradientPenalty: null };
    const weight = Object.entries(DEFAULT_PENALTY_WEIGHT).find(([type]) => type === value)?.[1];
    return { ...config, gradientPenalty: { type: value, weight, every: 1 } };
  }
  if (path === "conditioning.type") {
    if (value === "none" || value === null) return { ...config, conditioning: null };
    const weight = value === "auxiliaryClassifier" ? { weight: 1 } : {};
    return { ...config, conditioning: { type: value, ...weight } };
  }
  const optimizer = /^optimizer\.(generator|discriminator)\.type$/.exec(path)?.[1];
  if (optimizer === "generator" || optimizer === "discriminator") {
    const { learningRate } = config.optimizer[optimizer];
    const defaults = Object.entries(OPTIMIZER_DEFAULTS).find(([type]) => type === value)?.[1];
    return writePath(config, ["optimizer", optimizer], { type: value, learningRate, ...defaults });
  }
  return writePath(config, path.split("."), value);
}

/** The config with the data set of another one, and with all that this had because of its data. */
export function withDataOf(config: Config, other: Config): Config {
  return { ...config, ...fieldsOfDataSet(other, config.dataSet), dataSet: other.dataSet };
}

/**
 * The paths whose values differ between two configs, the networks among them as "generator" and "discriminator", and a
 * drawing that is trained on as "drawing".
 */
export function differingPaths(before: Config, after: Config): readonly string[] {
  const hasPlace = (path: string) => [before, after].some((config) => readSetting(config, path) !== undefined);
  const settings = SETTINGS.map((setting) => setting.path).filter(
    (path) => storedSetting(before, path) !== storedSetting(after, path) && hasPlace(path),
  );
  const isDrawn = [before, after].some(({ dataSet }) => dataSet === "drawn");
  const others = (["generator", "discriminator", ...(isDrawn ? (["drawing"] as const) : [])] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return [...settings, ...others];
}

/** Whether a change of that path acts on a run under way. Everything the table does not name needs a new run. */
export function isLive(path: string): boolean {
  return settingAt(path)?.applies === "live";
}
