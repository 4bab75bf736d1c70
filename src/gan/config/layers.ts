/** The schema of a network: its layers by their Keras names. It must not know whether their shapes fit. */
import * as v from "valibot";
import { flag, oneOf, realNumber, wholeNumber } from "./fields.ts";

const units = wholeNumber(1, 65_536);
const filters = wholeNumber(1, 4096);
const kernelSize = wholeNumber(1, 15);
const strides = wholeNumber(1, 8);

/** Whether the layer divides its kernel by its largest singular value; absent means no. */
const spectralNorm = v.optional(flag);

const convolution = {
  filters,
  kernelSize,
  strides: v.optional(strides, 1),
  useBias: v.optional(flag, true),
  spectralNorm,
};

/** One layer of a network, by its Keras name. Convolutions pad "same". */
const layerSchema = v.variant(
  "type",
  [
    v.strictObject({ type: v.literal("dense"), units, useBias: v.optional(flag, true), spectralNorm }),
    v.strictObject({ type: v.literal("conv2d"), ...convolution }),
    v.strictObject({ type: v.literal("conv2dTranspose"), ...convolution }),
    v.strictObject({ type: v.literal("upSampling2d"), size: v.optional(wholeNumber(1, 8), 2) }),
    v.strictObject({ type: v.literal("averagePooling2d"), poolSize: v.optional(wholeNumber(1, 8), 2) }),
    v.strictObject({ type: v.literal("globalSumPooling2d") }),
    v.strictObject({
      type: v.literal("residualBlock"),
      filters,
      kernelSize,
      resample: v.optional(oneOf(["none", "up", "down"]), "none"),
      normalization: v.optional(oneOf(["none", "batchNorm"]), "none"),
      spectralNorm,
    }),
    v.strictObject({ type: v.literal("batchNorm") }),
    v.strictObject({ type: v.literal("layerNorm") }),
    v.strictObject({ type: v.literal("instanceNorm") }),
    v.strictObject({
      type: v.literal("minibatchStdDev"),
      groupSize: v.optional(v.nullable(wholeNumber(1, 512)), null),
    }),
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
  "a layer type that Duel knows: dense, conv2d, conv2dTranspose, upSampling2d, averagePooling2d, globalSumPooling2d, residualBlock, batchNorm, layerNorm, instanceNorm, minibatchStdDev, leakyReLU, reLU, tanh, sigmoid, dropout, flatten or reshape",
);

/** Layers, from the input to the output. */
export const networkSchema = v.pipe(
  v.array(layerSchema, "a list of layers"),
  v.minLength(1, "at least one layer"),
  v.maxLength(64, "at most 64 layers"),
);
