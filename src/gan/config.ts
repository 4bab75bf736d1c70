/**
 * The config: everything that defines a training, as one versioned schema. It knows the settings table, where ranges
 * stand, and the names of latents' distributions; nothing else of the house.
 */
import * as v from "valibot";
import { LATENT_DISTRIBUTIONS } from "../shared/latents.ts";
import { DATA_SET_NAMES, DRAWING_SPREAD, STARTER_DRAWING } from "./config/dataSets.ts";
import { drawingSchema } from "./config/drawing.ts";
import { flag, oneOf, settingNumber } from "./config/fields.ts";
import { networkSchema } from "./config/layers.ts";
import { optimizerSchema } from "./config/optimizers.ts";
import { IMAGES_STARTER } from "./config/starters.ts";
import { problemsOf, type ConfigProblem } from "./config/problems.ts";

export { DRAWING_PLACES, DRAWING_SPREAD, isPointSet, MOST_DRAWN, type PointSetName } from "./config/dataSets.ts";
export { describeProblem, problemsOf, type ConfigProblem } from "./config/problems.ts";

const lossSchema = oneOf(["nonSaturating", "minimax", "leastSquares", "relativisticAverage", "hinge", "wasserstein"]);

const gradientPenaltySchema = v.nullable(
  v.strictObject({
    type: oneOf(["wganGp", "dragan", "r1", "r2"]),
    weight: settingNumber("gradientPenalty.weight"),
    every: v.optional(settingNumber("gradientPenalty.every"), 1),
  }),
);

/** How the players are told what class an image is to be of; null where they are not. */
const conditioningSchema = v.nullable(
  v.variant(
    "type",
    [
      v.strictObject({ type: v.literal("concatenation") }),
      v.strictObject({ type: v.literal("projection") }),
      v.strictObject({ type: v.literal("auxiliaryClassifier"), weight: settingNumber("conditioning.weight") }),
    ],
    "null, or a type of conditioning that Duel knows: concatenation, projection or auxiliaryClassifier",
  ),
);

const NO_AUGMENTATION = { translation: false, cutout: false, brightness: false } as const;

const augmentationSchema = v.strictObject({
  translation: v.optional(flag, false),
  cutout: v.optional(flag, false),
  brightness: v.optional(flag, false),
});

const NO_GRADIENT_CLIP = { generator: null, discriminator: null } as const;

const gradientClipSchema = v.strictObject({
  generator: v.optional(v.nullable(settingNumber("gradientClip.generator")), null),
  discriminator: v.optional(v.nullable(settingNumber("gradientClip.discriminator")), null),
});

/** What a training step needs of a config; a parity file has these fields too. */
const trainingFields = {
  batchSize: settingNumber("batchSize"),
  latentDim: settingNumber("latentDim"),
  latentDistribution: v.optional(oneOf(LATENT_DISTRIBUTIONS), "normal"),
  conditioning: v.optional(conditioningSchema, null),
  generator: networkSchema,
  discriminator: networkSchema,
  loss: lossSchema,
  labelSmoothing: settingNumber("labelSmoothing"),
  fakeLabelSmoothing: v.optional(settingNumber("fakeLabelSmoothing"), 0),
  labelFlipping: v.optional(settingNumber("labelFlipping"), 0),
  instanceNoise: v.optional(v.nullable(settingNumber("instanceNoise")), null),
  instanceNoiseSteps: v.optional(v.nullable(settingNumber("instanceNoiseSteps")), null),
  augmentation: v.optional(augmentationSchema, NO_AUGMENTATION),
  discriminatorSteps: settingNumber("discriminatorSteps"),
  generatorSteps: v.optional(settingNumber("generatorSteps"), 1),
  gradientPenalty: gradientPenaltySchema,
  weightClip: v.nullable(settingNumber("weightClip")),
  gradientClip: v.optional(gradientClipSchema, NO_GRADIENT_CLIP),
  averageDecay: v.optional(v.nullable(settingNumber("averageDecay")), null),
  showAveraged: v.optional(flag, true),
  learningRateSchedule: v.optional(oneOf(["constant", "linear", "cosine"]), "constant"),
  scheduleSteps: v.optional(settingNumber("scheduleSteps"), 10_000),
  optimizer: v.strictObject({
    generator: optimizerSchema("generator"),
    discriminator: optimizerSchema("discriminator"),
  }),
};

/** The fields of a config that a training step is made of, without data set, seed and display. */
export const trainingSchema = v.object(trainingFields);

export type TrainingConfig = Immutable<v.InferOutput<typeof trainingSchema>>;

const fieldsSchema = v.strictObject({
  version: v.literal(1, "1, the version of the schema"),
  dataSet: oneOf(DATA_SET_NAMES),
  /** What a person drew, which the data set "drawn" consists of. */
  drawing: drawingSchema,
  /** Standard deviation about each point of the drawing, in units of the plane. */
  drawingSpread: v.optional(settingNumber("drawingSpread"), DRAWING_SPREAD),
  seed: settingNumber("seed"),
  ...trainingFields,
  samplesPerSecond: settingNumber("samplesPerSecond"),
  measuring: v.optional(v.nullable(settingNumber("measuring")), null),
});

const configSchema = v.pipe(
  fieldsSchema,
  v.forward(
    v.partialCheck(
      [["generatorSteps"], ["discriminatorSteps"]],
      ({ generatorSteps, discriminatorSteps }) => generatorSteps + discriminatorSteps > 0,
      "at least 1 where there are no discriminator steps, since a step needs an update of one player",
    ),
    ["generatorSteps"],
  ),
);

type Immutable<Value> = Value extends object ? { readonly [Key in keyof Value]: Immutable<Value[Key]> } : Value;

export type Config = Immutable<v.InferOutput<typeof configSchema>>;
export type LayerConfig = Config["generator"][number];
export type LayerType = LayerConfig["type"];
export type NetworkConfig = readonly LayerConfig[];
export type OptimizerConfig = Config["optimizer"]["generator"];
export type GradientPenaltyConfig = NonNullable<Config["gradientPenalty"]>;
export type ConditioningConfig = NonNullable<Config["conditioning"]>;
export type LossName = Config["loss"];
export type DataSetName = Config["dataSet"];
/** One of the two players, and the half of a step that updates it. */
export type Phase = "discriminator" | "generator";

/** What stands for every field that a config leaves out: the classic multi-layer perceptron on MNIST. */
export const DEFAULT_CONFIG: Config = {
  version: 1,
  dataSet: "mnist",
  drawing: STARTER_DRAWING,
  drawingSpread: DRAWING_SPREAD,
  seed: 1,
  batchSize: 64,
  ...IMAGES_STARTER,
  latentDistribution: "normal",
  loss: "nonSaturating",
  fakeLabelSmoothing: 0,
  labelFlipping: 0,
  instanceNoise: null,
  instanceNoiseSteps: null,
  augmentation: NO_AUGMENTATION,
  discriminatorSteps: 1,
  generatorSteps: 1,
  gradientPenalty: null,
  weightClip: null,
  gradientClip: NO_GRADIENT_CLIP,
  averageDecay: null,
  showAveraged: true,
  learningRateSchedule: "constant",
  scheduleSteps: 10_000,
  measuring: null,
};

export type ParsedConfig =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

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
