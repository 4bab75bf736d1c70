/**
 * The config: everything that defines a training, as one versioned schema. It knows the settings table, where ranges
 * stand, and nothing else of the house.
 */
import * as v from "valibot";
import { settingAt } from "./settings.ts";

/** A number that obeys the range its setting has in the settings table. */
function settingNumber(path: string) {
  const setting = settingAt(path);
  if (setting?.kind !== "number") throw new Error(`The settings table has no number at ${path}.`);
  const [minimum, maximum] = setting.range;
  const kind = setting.integer === true ? "a whole number" : "a number";
  const expected = `${kind} from ${String(minimum)} to ${String(maximum)}`;
  return v.pipe(
    v.number(expected),
    v.check((value) => value >= minimum && value <= maximum, expected),
    v.check((value) => setting.integer !== true || Number.isInteger(value), expected),
  );
}

function oneOf<const Options extends readonly [string, ...string[]]>(options: Options) {
  return v.picklist(options, `one of ${options.join(", ")}`);
}

function wholeNumber(minimum: number, maximum: number) {
  const expected = `a whole number from ${String(minimum)} to ${String(maximum)}`;
  return v.pipe(v.number(expected), v.integer(expected), v.minValue(minimum, expected), v.maxValue(maximum, expected));
}

function realNumber(minimum: number, maximum: number) {
  const expected = `a number from ${String(minimum)} to ${String(maximum)}`;
  return v.pipe(v.number(expected), v.minValue(minimum, expected), v.maxValue(maximum, expected));
}

const flag = v.boolean("true or false");
const units = wholeNumber(1, 65_536);
const kernelSize = wholeNumber(1, 15);
const strides = wholeNumber(1, 8);

const convolution = {
  filters: wholeNumber(1, 4096),
  kernelSize,
  strides: v.optional(strides, 1),
  useBias: v.optional(flag, true),
};

/** One layer of a network, by its Keras name. Convolutions pad "same". */
const layerSchema = v.variant(
  "type",
  [
    v.strictObject({ type: v.literal("dense"), units, useBias: v.optional(flag, true) }),
    v.strictObject({ type: v.literal("conv2d"), ...convolution }),
    v.strictObject({ type: v.literal("conv2dTranspose"), ...convolution }),
    v.strictObject({ type: v.literal("upSampling2d"), size: v.optional(wholeNumber(1, 8), 2) }),
    v.strictObject({ type: v.literal("batchNorm") }),
    v.strictObject({ type: v.literal("layerNorm") }),
    v.strictObject({ type: v.literal("leakyReLU"), alpha: v.optional(realNumber(0, 1), 0.2) }),
    v.strictObject({ type: v.literal("reLU") }),
    v.strictObject({ type: v.literal("tanh") }),
    v.strictObject({ type: v.literal("sigmoid") }),
    v.strictObject({ type: v.literal("dropout"), rate: v.optional(realNumber(0, 0.95), 0.3) }),
    v.strictObject({ type: v.literal("flatten") }),
    v.strictObject({
      type: v.literal("reshape"),
      targetShape: v.pipe(
        v.array(wholeNumber(1, 65_536), "a list of whole numbers"),
        v.minLength(1, "at least one dimension"),
        v.maxLength(3, "at most three dimensions"),
      ),
    }),
  ],
  "a layer type that Duel knows: dense, conv2d, conv2dTranspose, upSampling2d, batchNorm, layerNorm, leakyReLU, reLU, tanh, sigmoid, dropout, flatten or reshape",
);

const networkSchema = v.pipe(
  v.array(layerSchema, "a list of layers"),
  v.minLength(1, "at least one layer"),
  v.maxLength(64, "at most 64 layers"),
);

function optimizerSchema(player: "generator" | "discriminator") {
  const number = (field: string) => settingNumber(`optimizer.${player}.${field}`);
  return v.variant(
    "type",
    [
      v.strictObject({
        type: v.literal("adam"),
        learningRate: number("learningRate"),
        beta1: v.optional(number("beta1"), 0.5),
        beta2: v.optional(number("beta2"), 0.999),
      }),
      v.strictObject({
        type: v.literal("rmsprop"),
        learningRate: number("learningRate"),
        decay: v.optional(number("decay"), 0.9),
      }),
      v.strictObject({
        type: v.literal("sgd"),
        learningRate: number("learningRate"),
        momentum: v.optional(number("momentum"), 0),
      }),
    ],
    "an optimizer type that Duel knows: adam, rmsprop or sgd",
  );
}

const lossSchema = oneOf(["nonSaturating", "minimax", "leastSquares", "hinge", "wasserstein"]);

const gradientPenaltySchema = v.nullable(
  v.strictObject({ type: oneOf(["wganGp", "r1"]), weight: settingNumber("gradientPenalty.weight") }),
);

/** What a training step needs of a config; a parity file has these fields too. */
const trainingFields = {
  batchSize: settingNumber("batchSize"),
  latentDim: settingNumber("latentDim"),
  generator: networkSchema,
  discriminator: networkSchema,
  loss: lossSchema,
  labelSmoothing: settingNumber("labelSmoothing"),
  discriminatorSteps: settingNumber("discriminatorSteps"),
  gradientPenalty: gradientPenaltySchema,
  weightClip: v.nullable(settingNumber("weightClip")),
  optimizer: v.strictObject({
    generator: optimizerSchema("generator"),
    discriminator: optimizerSchema("discriminator"),
  }),
};

/** The fields of a config that a training step is made of, without data set, seed and display. */
export const trainingSchema = v.object(trainingFields);

export type TrainingConfig = Immutable<v.InferOutput<typeof trainingSchema>>;

const configSchema = v.strictObject({
  version: v.literal(1, "1, the version of the schema"),
  dataSet: oneOf(["mnist"]),
  seed: settingNumber("seed"),
  ...trainingFields,
  samplesPerSecond: settingNumber("samplesPerSecond"),
});

type Immutable<Value> = Value extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
    : Value;

export type Config = Immutable<v.InferOutput<typeof configSchema>>;
export type LayerConfig = Config["generator"][number];
export type LayerType = LayerConfig["type"];
export type NetworkConfig = readonly LayerConfig[];
export type OptimizerConfig = Config["optimizer"]["generator"];
export type GradientPenaltyConfig = NonNullable<Config["gradientPenalty"]>;
export type LossName = Config["loss"];
export type DataSetName = Config["dataSet"];
/** One of the two players, and the half of a step that updates it. */
export type Phase = "discriminator" | "generator";

/** What stands for every field that a config leaves out: the classic multi-layer perceptron on MNIST. */
export const DEFAULT_CONFIG: Config = {
  version: 1,
  dataSet: "mnist",
  seed: 1,
  batchSize: 64,
  latentDim: 100,
  generator: [
    { type: "dense", units: 256, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 512, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 784, useBias: true },
    { type: "tanh" },
    { type: "reshape", targetShape: [28, 28, 1] },
  ],
  discriminator: [
    { type: "flatten" },
    { type: "dense", units: 512, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 256, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 1, useBias: true },
  ],
  loss: "nonSaturating",
  labelSmoothing: 0.9,
  discriminatorSteps: 1,
  gradientPenalty: null,
  weightClip: null,
  optimizer: {
    generator: { type: "adam", learningRate: 2e-4, beta1: 0.5, beta2: 0.999 },
    discriminator: { type: "adam", learningRate: 2e-4, beta1: 0.5, beta2: 0.999 },
  },
  samplesPerSecond: 4,
};

/** What is wrong with one field: where it is, what stands there, and what is allowed. */
export interface ConfigProblem {
  readonly path: string;
  readonly value: unknown;
  readonly allowed: string;
}

export type ParsedConfig =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** A value as JSON writes it, or, where JSON has no word for it (NaN, infinity, functions), as JavaScript does. */
function quote(value: unknown): string {
  const json: unknown = JSON.stringify(value);
  if (typeof value === "number") return String(value);
  return typeof json === "string" ? json : typeof value;
}

/** Values are quoted in messages, never longer than this many characters. */
const LONGEST_QUOTE = 60;

/** One sentence for a person: the field, the value, and what is allowed. */
export function describeProblem({ path, value, allowed }: ConfigProblem): string {
  if (allowed === "nothing") return `${path} is not a field of a config.`;
  const text = value === undefined ? "missing" : quote(value);
  const quoted = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `${path === "" ? "The config" : path} is ${quoted}; it must be ${allowed}.`;
}

/**
 * A config out of anything: a file, a link, a control. Top-level fields that are missing take the default's; unknown ones
 * are refused. Never throws; whether the networks' shapes fit is for the layers to say.
 */
export function parseConfig(input: unknown): ParsedConfig {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ path: "", value: input, allowed: "an object with the fields of a config" }] };
  }
  const parsed = v.safeParse(configSchema, { ...DEFAULT_CONFIG, ...input });
  if (parsed.success) return { ok: true, config: parsed.output };
  return { ok: false, problems: problemsOf(parsed.issues) };
}

/** What valibot found, in the words of ConfigProblem. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): readonly ConfigProblem[] {
  return issues.map((issue) => ({
    path: v.getDotPath(issue) ?? "",
    value: issue.input,
    allowed: allowedBy(issue),
  }));
}

function allowedBy(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== "strict_object" && issue.type !== "object") return issue.message;
  if (issue.expected === "never") return "nothing";
  return issue.expected === "Object" ? "an object with its fields" : "given";
}
