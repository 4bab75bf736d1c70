/** The sizes of a convolution, and how a command tells them. It must not know how one is computed. */
import { backend_util, type Conv2DAttrs } from "@tensorflow/tfjs-core";

export type Geometry = backend_util.Conv2DInfo;

type Setup = Pick<Conv2DAttrs, "strides" | "pad" | "dimRoundingMode"> &
  Partial<Pick<Conv2DAttrs, "dataFormat" | "dilations">>;

/** The geometry of a convolution, or undefined for the layouts and dilations that are left to the CPU backend. */
export function geometryOf(
  inputShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dimRoundingMode, dataFormat = "NHWC", dilations = 1 }: Setup,
): Geometry | undefined {
  if (dataFormat !== "NHWC") return undefined;
  const geometry = backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  return geometry.dilationHeight === 1 && geometry.dilationWidth === 1 ? geometry : undefined;
}

/** The integers that every convolution command begins with. */
export function geometryWords(geometry: Geometry): readonly number[] {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = geometry;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry;
  return [
    ...[batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels],
    ...[filterHeight, filterWidth, strideHeight, strideWidth, padInfo.top, padInfo.left],
  ];
}
