/** The schema of a network: its layers by their Keras names. It must not know whether their shapes fit. */
import * as v from "valibot";
import { flag, oneOf, realNumber, wholeNumber } from "./fields.ts";
import { LAYER_FIELDS as FIELDS } from "./layerFields.ts";

interface Ranged {
  readonly range: readonly [minimum: number, maximum: number];
}

const whole = ({ range: [minimum, maximum] }: Ranged) => wholeNumber(minimum, maximum);
const real = ({ range: [minimum, maximum] }: Ranged) => realNumber(minimum, maximum);

/** Whether the layer divides its kernel by its largest singular value; absent means no. */
const spectralNorm = v.optional(flag);

const convolution = {
  filters: whole(FIELDS.filters),
  kernelSize: whole(FIELDS.kernelSize),
  strides: v.optional(whole(FIELDS.strides), 1),
  useBias: v.optional(flag, true),
  spectralNorm,
};

/** One layer of a network, by its Keras name. Convolutions pad "same". */
const layerSchema = v.variant(
  "type",
  [
    v.strictObject({
      type: v.literal("dense"),
      units: whole(FIELDS.units),
      useBias: v.optional(flag, true),
      spectralNorm,
    }),
    v.strictObject({ type: v.literal("conv2d"), ...convolution }),
    v.strictObject({ type: v.literal("conv2dTranspose"), ...convolution }),
    v.strictObject({ type: v.literal("upSampling2d"), size: v.optional(whole(FIELDS.size), 2) }),
    v.strictObject({ type: v.literal("averagePooling2d"), poolSize: v.optional(whole(FIELDS.poolSize), 2) }),
    v.strictObject({ type: v.literal("globalSumPooling2d") }),
    v.strictObject({
      type: v.literal("residualBlock"),
      filters: whole(FIELDS.filters),
      kernelSize: whole(FIELDS.kernelSize),
      resample: v.optional(oneOf(FIELDS.resample.options), "none"),
      normalization: v.optional(oneOf(FIELDS.normalization.options), "none"),
      spectralNorm,
    }),
    v.strictObject({ type: v.literal("batchNorm") }),
    v.strictObject({ type: v.literal("layerNorm") }),
    v.strictObject({ type: v.literal("instanceNorm") }),
    v.strictObject({
      type: v.literal("minibatchStdDev"),
      groupSize: v.optional(v.nullable(whole(FIELDS.groupSize)), null),
    }),
    v.strictObject({ type: v.literal("leakyReLU"), alpha: v.optional(real(FIELDS.alpha), 0.2) }),
    v.strictObject({ type: v.literal("reLU") }),
    v.strictObject({ type: v.literal("tanh") }),
    v.strictObject({ type: v.literal("sigmoid") }),
    v.strictObject({ type: v.literal("dropout"), rate: v.optional(real(FIELDS.rate), 0.3) }),
    v.strictObject({ type: v.literal("flatten") }),
    v.strictObject({
      type: v.literal("reshape"),
      targetShape: v.pipe(
        v.array(whole(FIELDS.targetShape), "a list of whole numbers"),
        v.minLength(1, "at least one dimension"),
        v.maxLength(3, "at most three dimensions"),
      ),
    }),
  ],
  "a layer type that Duel knows: dense, conv2d, conv2dTranspose, upSampling2d, averagePooling2d, globalSumPooling2d, residualBlock, batchNorm, layerNorm, instanceNorm, minibatchStdDev, leakyReLU, reLU, tanh, sigmoid, dropout, flatten or reshape",
);

/** Layers, from the input to the output. */
export const networkSchema = v.pipe(
  v.array(layerSchema, "a list of layers"),
  v.minLength(1, "at least one layer"),
  v.maxLength(64, "at most 64 layers"),
);
