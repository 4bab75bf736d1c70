/**
 * Every adjustable field of a config, once: its label, range, scale, help, liveness and URL key. Controls, validation,
 * sharing and documentation derive from this table; it must not know any of them, nor import anything at run time.
 */
import type { Config } from "./config.ts";

/** Who a setting belongs to; the page colours it so. */
export type Player = "generator" | "discriminator" | "real" | "both";

/** Where a setting stands on the page. */
export type SettingGroup = "data" | "networks" | "objective" | "generator" | "discriminator" | "display";

interface SettingBase {
  /** Dotted path in the config. */
  readonly path: string;
  readonly label: string;
  /** What it does and what to try, in two sentences at most. */
  readonly help: string;
  /** Its name in a shared link. Once published it never changes its meaning. */
  readonly urlKey: string;
  readonly group: SettingGroup;
  readonly player: Player;
  /** Live settings act at the next step; rebuild settings wait for a new run. */
  readonly applies: "live" | "rebuild";
}

export interface NumberSetting extends SettingBase {
  readonly kind: "number";
  readonly range: readonly [minimum: number, maximum: number];
  readonly scale: "linear" | "log";
  /** Distance between two values of a linear setting; a log setting moves in hundredths of a decade. */
  readonly step?: number;
  readonly integer?: boolean;
  /** What the number counts, or an empty string for a pure number. */
  readonly unit: string;
  /** Whether the setting can be switched off, which the config writes as null, and the value to switch it on with. */
  readonly whenSwitchedOn?: number;
}

export interface ChoiceSetting extends SettingBase {
  readonly kind: "choice";
  readonly options: readonly { readonly value: string; readonly label: string; readonly help: string }[];
}

export type Setting = NumberSetting | ChoiceSetting;
export type SettingValue = number | string | null;

const OPTIMIZER_OPTIONS = [
  { value: "adam", label: "Adam", help: "A step of its own for every weight. What nearly every GAN uses." },
  { value: "rmsprop", label: "RMSProp", help: "Adam without momentum: the choice of the first Wasserstein GAN." },
  { value: "sgd", label: "SGD", help: "The plain gradient with momentum. Honest, slow, easy to reason about." },
] as const;

function optimizerSettings(player: "generator" | "discriminator", letter: "g" | "d"): readonly Setting[] {
  const name = player === "generator" ? "Generator" : "Discriminator";
  const other = player === "generator" ? "discriminator" : "generator";
  const base = { group: player, player } as const;
  return [
    {
      ...base,
      kind: "choice",
      path: `optimizer.${player}.type`,
      label: `${name} optimizer`,
      help: `The rule that turns the ${player}'s gradient into a change of its weights. Start with Adam.`,
      urlKey: `${letter}Optimizer`,
      applies: "rebuild",
      options: OPTIMIZER_OPTIONS,
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.learningRate`,
      label: `${name} learning rate`,
      help: `How far the ${player} moves on each update. Too high and it thrashes; too low and the ${other} runs away from it.`,
      urlKey: `${letter}LearningRate`,
      range: [1e-6, 1e-1],
      scale: "log",
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.beta1`,
      label: `${name} β₁`,
      help: "How long Adam remembers the direction it was going. GANs prefer 0.5 to the usual 0.9: the target moves.",
      urlKey: `${letter}Beta1`,
      range: [0, 0.99],
      scale: "linear",
      step: 0.01,
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.beta2`,
      label: `${name} β₂`,
      help: "How long Adam remembers the size of gradients. Lower it, to 0.9 say, if training lurches after quiet spells.",
      urlKey: `${letter}Beta2`,
      range: [0.5, 0.9999],
      scale: "linear",
      step: 0.0001,
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.decay`,
      label: `${name} decay`,
      help: "How long RMSProp remembers the size of gradients. Closer to 1 is smoother and slower to react.",
      urlKey: `${letter}Decay`,
      range: [0.5, 0.999],
      scale: "linear",
      step: 0.001,
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.momentum`,
      label: `${name} momentum`,
      help: "How much of the last move is made again. In a duel, momentum can turn circling into flying apart: try 0.",
      urlKey: `${letter}Momentum`,
      range: [0, 0.99],
      scale: "linear",
      step: 0.01,
      unit: "",
      applies: "live",
    },
  ];
}

/** Every setting, in the order in which the page shows them within a group. */
export const SETTINGS: readonly Setting[] = [
  {
    kind: "choice",
    path: "dataSet",
    label: "Data set",
    help: "What the real examples are.",
    urlKey: "data",
    group: "data",
    player: "real",
    applies: "rebuild",
    options: [{ value: "mnist", label: "MNIST", help: "60,000 handwritten digits, 28 × 28 pixels." }],
  },
  {
    kind: "number",
    path: "batchSize",
    label: "Batch size",
    help: "How many real and how many fake images each update looks at. Larger is steadier and slower.",
    urlKey: "batch",
    group: "data",
    player: "real",
    range: [1, 512],
    scale: "log",
    integer: true,
    unit: "images",
    applies: "rebuild",
  },
  {
    kind: "number",
    path: "seed",
    label: "Seed",
    help: "Where every random draw comes from. The same seed and settings give the same run on the same backend.",
    urlKey: "seed",
    group: "data",
    player: "both",
    range: [0, 4294967295],
    scale: "linear",
    step: 1,
    integer: true,
    unit: "",
    applies: "rebuild",
  },
  {
    kind: "number",
    path: "latentDim",
    label: "Latent dimensions",
    help: "How many random numbers the generator turns into one image. Two are enough to see a map; a hundred leave room.",
    urlKey: "latent",
    group: "networks",
    player: "generator",
    range: [1, 512],
    scale: "log",
    integer: true,
    unit: "",
    applies: "rebuild",
  },
  {
    kind: "choice",
    path: "loss",
    label: "Loss",
    help: "What each player is paid for. It decides how much a losing generator can still learn.",
    urlKey: "loss",
    group: "objective",
    player: "both",
    applies: "rebuild",
    options: [
      {
        value: "nonSaturating",
        label: "Non-saturating",
        help: "The generator is rewarded for being believed, so it learns even while it is losing badly.",
      },
      {
        value: "minimax",
        label: "Minimax",
        help: "The game as first written: the generator lowers the odds of being caught, and learns nothing once it always is.",
      },
      {
        value: "leastSquares",
        label: "Least squares",
        help: "Scores are pulled to targets, so even fakes on the right side are drawn towards the real data.",
      },
      {
        value: "hinge",
        label: "Hinge",
        help: "The discriminator stops pushing once a sample is on the right side by a margin of one.",
      },
      {
        value: "wasserstein",
        label: "Wasserstein",
        help: "The critic measures a distance. It needs a leash: weight clipping or a gradient penalty.",
      },
    ],
  },
  {
    kind: "number",
    path: "labelSmoothing",
    label: "Label smoothing",
    help: "What the discriminator is told to answer for real images: 1 is certainty. At 0.9 it stays a little in doubt.",
    urlKey: "smoothing",
    group: "objective",
    player: "real",
    range: [0.5, 1],
    scale: "linear",
    step: 0.01,
    unit: "",
    applies: "live",
  },
  {
    kind: "number",
    path: "discriminatorSteps",
    label: "Discriminator steps",
    help: "Updates of the discriminator for each one of the generator. Wasserstein critics like 5; most duels are fair at 1.",
    urlKey: "dSteps",
    group: "objective",
    player: "discriminator",
    range: [1, 10],
    scale: "linear",
    step: 1,
    integer: true,
    unit: "updates",
    applies: "live",
  },
  {
    kind: "choice",
    path: "gradientPenalty.type",
    label: "Gradient penalty",
    help: "Keeps the discriminator's slope in check, so that the generator always has a direction to follow.",
    urlKey: "penalty",
    group: "objective",
    player: "discriminator",
    applies: "rebuild",
    options: [
      { value: "none", label: "None", help: "The discriminator may be as steep as it likes." },
      { value: "wganGp", label: "WGAN-GP", help: "Slopes between real and fake images are pulled to exactly one." },
      { value: "r1", label: "R1", help: "Slopes at real images are pulled to zero." },
    ],
  },
  {
    kind: "number",
    path: "gradientPenalty.weight",
    label: "Penalty weight",
    help: "How strongly the gradient penalty pulls. WGAN-GP was published with 10; R1 on small images likes about 1.",
    urlKey: "penaltyWeight",
    group: "objective",
    player: "discriminator",
    range: [0.01, 100],
    scale: "log",
    unit: "",
    applies: "rebuild",
  },
  {
    kind: "number",
    path: "weightClip",
    label: "Weight clip",
    help: "Clamps every weight of the discriminator to this distance from zero. The first Wasserstein GAN used 0.01.",
    urlKey: "clip",
    group: "objective",
    player: "discriminator",
    range: [0.001, 1],
    scale: "log",
    unit: "",
    whenSwitchedOn: 0.01,
    applies: "live",
  },
  ...optimizerSettings("generator", "g"),
  ...optimizerSettings("discriminator", "d"),
  {
    kind: "number",
    path: "samplesPerSecond",
    label: "Sample grid refresh",
    help: "How often the grid is drawn anew, at most. Drawing costs the time of one generator pass.",
    urlKey: "refresh",
    group: "display",
    player: "both",
    range: [0.5, 30],
    scale: "log",
    unit: "per second",
    applies: "live",
  },
];

const SETTINGS_BY_PATH: ReadonlyMap<string, Setting> = new Map(SETTINGS.map((setting) => [setting.path, setting]));

/** The setting of that path, or undefined where the path names none. */
export function settingAt(path: string): Setting | undefined {
  return SETTINGS_BY_PATH.get(path);
}

/** What an optimiser starts from when it is chosen; the learning rate is kept. */
const OPTIMIZER_DEFAULTS = {
  adam: { beta1: 0.5, beta2: 0.999 },
  rmsprop: { decay: 0.9 },
  sgd: { momentum: 0.5 },
} as const;

const DEFAULT_PENALTY_WEIGHT = { wganGp: 10, r1: 1 } as const;

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

/** The value a config has for a setting, or undefined where the setting has no place in it (β₁ without Adam). */
export function readSetting(config: Config, path: string): SettingValue | undefined {
  if (path === "gradientPenalty.type") return config.gradientPenalty?.type ?? "none";
  const value = readPath(config, path.split("."));
  return typeof value === "number" || typeof value === "string" || value === null ? value : undefined;
}

/**
 * A copy of the config with one setting changed, not yet validated: give it to parseConfig. Choosing an optimiser or a
 * penalty brings the fields that it needs.
 */
export function writeSetting(config: Config, path: string, value: SettingValue): unknown {
  if (path === "gradientPenalty.type") {
    if (value === "none" || value === null) return { ...config, gradientPenalty: null };
    const weight = value === "r1" || value === "wganGp" ? DEFAULT_PENALTY_WEIGHT[value] : 1;
    return { ...config, gradientPenalty: { type: value, weight } };
  }
  const optimizer = /^optimizer\.(generator|discriminator)\.type$/.exec(path)?.[1];
  if (optimizer === "generator" || optimizer === "discriminator") {
    const { learningRate } = config.optimizer[optimizer];
    const defaults = value === "adam" || value === "rmsprop" || value === "sgd" ? OPTIMIZER_DEFAULTS[value] : {};
    return writePath(config, ["optimizer", optimizer], { type: value, learningRate, ...defaults });
  }
  return writePath(config, path.split("."), value);
}

/** The paths whose values differ between two configs, the networks among them as "generator" and "discriminator". */
export function differingPaths(before: Config, after: Config): readonly string[] {
  const settings = SETTINGS.map((setting) => setting.path).filter(
    (path) => readSetting(before, path) !== readSetting(after, path),
  );
  const networks = (["generator", "discriminator"] as const).filter(
    (network) => JSON.stringify(before[network]) !== JSON.stringify(after[network]),
  );
  return [...settings, ...networks];
}

/** Whether a change of that path acts on a run under way. Everything the table does not name needs a new run. */
export function isLive(path: string): boolean {
  return settingAt(path)?.applies === "live";
}
