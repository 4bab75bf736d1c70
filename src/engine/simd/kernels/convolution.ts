/** Two-dimensional convolutions of images [batch, height, width, channels], and their gradients. */
import {
  util,
  type Conv2DAttrs,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropInputAttrs,
  type FusedConv2DAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { activate, canActivate } from "./activation.ts";
import { geometryOf, geometryWords, type Geometry } from "./convolutionGeometry.ts";
import { NO_EPILOGUE, type Epilogue } from "./epilogue.ts";
import { areFloats, input, type SimdKernel } from "./kernel.ts";
import { EDGE_BYTES, packedBlockBytes, packPanels, panelBytes, TILE_ROWS } from "./matrixProduct.ts";
import { sumMiddle } from "./reduction.ts";
import { planWinograd, winogradConvolve, winogradFilterGradient, winogradInputGradient } from "./winograd.ts";

const NUMBER_BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Patches gathered at once: what stays in the second-level cache beside the panels. */
const PATCH_BYTES = 256 * 1024;
const MOST_POSITIONS = 1024;
/** As in assembly/convolution.ts: rows of the filter gradient in one packed block. */
const FILTER_ROWS = 96;
/** Parts that a filter gradient is summed in. Fixed, so that the result does not depend on the number of threads. */
const FILTER_PARTS = 8;
const FILTER_PART_BYTES = 64 * 1024 * 1024;

function patchLength({ filterHeight, filterWidth, inChannels }: Geometry): number {
  return filterHeight * filterWidth * inChannels;
}

/** Output positions whose patches are gathered together: whole tiles. */
function positionsPerBlock(geometry: Geometry): number {
  const fitting = Math.floor(PATCH_BYTES / (patchLength(geometry) * NUMBER_BYTES) / TILE_ROWS) * TILE_ROWS;
  return Math.max(TILE_ROWS, Math.min(fitting, MOST_POSITIONS));
}

function positionsOf({ batchSize, outHeight, outWidth }: Geometry): number {
  return batchSize * outHeight * outWidth;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** activation(x ∗ filter + bias). */
export function convolve(
  backend: SimdBackend,
  x: TensorInfo,
  filter: TensorInfo,
  geometry: Geometry,
  epilogue: Epilogue,
): TensorInfo {
  const plan = planWinograd(geometry);
  if (plan !== null) return winogradConvolve(backend, x, filter, plan, epilogue);
  const { bias, kind, alpha } = epilogue;
  const length = patchLength(geometry);
  const perTask = positionsPerBlock(geometry);
  const packed = panelBytes(length, geometry.outChannels);
  const blockBytes = aligned(EDGE_BYTES + perTask * length * NUMBER_BYTES);
  const out = backend.make(geometry.outShape);
  backend.withScratch(packed + blockBytes * backend.threads, (panels) => {
    packPanels(backend, backend.address(filter), false, length, geometry.outChannels, panels);
    const integers = [
      ...geometryWords(geometry),
      ...[backend.address(x), panels, backend.address(out), bias, perTask, panels + packed, blockBytes, kind],
    ];
    backend.perform(op.CONVOLVE, Math.ceil(positionsOf(geometry) / perTask), integers, [alpha]);
  });
  return out;
}

const conv2D: SimdKernel = {
  name: "Conv2D",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const filter = input(inputs, "filter");
    const geometry = geometryOf(x.shape, filter.shape, attrs as unknown as Conv2DAttrs);
    return geometry !== undefined && areFloats(x, filter)
      ? convolve(backend, x, filter, geometry, NO_EPILOGUE)
      : undefined;
  },
};

const fusedConv2D: SimdKernel = {
  name: "FusedConv2D",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const filter = input(inputs, "filter");
    const bias = inputs.bias;
    const { activation, leakyreluAlpha, ...setup } = attrs as unknown as FusedConv2DAttrs;
    const geometry = geometryOf(x.shape, filter.shape, setup);
    const biasFits = bias === undefined || util.sizeFromShape(bias.shape) === filter.shape[3];
    if (geometry === undefined || !areFloats(x, filter, bias) || !biasFits || !canActivate(activation))
      return undefined;
    const epilogue = { ...NO_EPILOGUE, bias: bias === undefined ? 0 : backend.address(bias) };
    return activate(backend, convolve(backend, x, filter, geometry, epilogue), activation, leakyreluAlpha);
  },
};

/**
 * The gradient of a convolution by its input, which is the transposed convolution too: activation(that + bias), in the
 * shape of the convolution's input.
 */
export function inputGradient(
  backend: SimdBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  geometry: Geometry,
  epilogue: Epilogue,
): TensorInfo {
  const plan = planWinograd(geometry);
  if (plan !== null) return winogradInputGradient(backend, dy, filter, plan, epilogue);
  const { bias, kind, alpha } = epilogue;
  const length = patchLength(geometry);
  const rowsPerBlock = Math.max(1, Math.floor(PATCH_BYTES / (geometry.outWidth * length * NUMBER_BYTES)));
  const positions = Math.min(rowsPerBlock, geometry.outHeight) * geometry.outWidth;
  const packed = panelBytes(geometry.outChannels, length);
  const blockBytes = aligned(EDGE_BYTES + positions * length * NUMBER_BYTES);
  const out = backend.make(geometry.inShape);
  backend.withScratch(packed + blockBytes * backend.threads, (panels) => {
    packPanels(backend, backend.address(filter), true, geometry.outChannels, length, panels);
    const integers = [
      ...geometryWords(geometry),
      ...[backend.address(dy), panels, backend.address(out), rowsPerBlock, panels + packed, blockBytes, bias, kind],
    ];
    backend.perform(op.CONVOLUTION_INPUT_GRADIENT, geometry.batchSize, integers, [alpha]);
  });
  return out;
}

/** The gradient of a convolution by its filter. */
export function filterGradient(backend: SimdBackend, x: TensorInfo, dy: TensorInfo, geometry: Geometry): TensorInfo {
  const plan = planWinograd(geometry);
  if (plan !== null) return winogradFilterGradient(backend, x, dy, plan);
  const length = patchLength(geometry);
  const perBlock = positionsPerBlock(geometry);
  const blocks = Math.ceil(positionsOf(geometry) / perBlock);
  const filterBytes = length * geometry.outChannels * NUMBER_BYTES;
  const parts = Math.max(1, Math.min(FILTER_PARTS, blocks, Math.floor(FILTER_PART_BYTES / filterBytes)));
  const patchesAt = aligned(packedBlockBytes(FILTER_ROWS, perBlock));
  const patchBytes = perBlock * length * NUMBER_BYTES;
  const blockBytes = aligned(patchesAt + patchBytes + panelBytes(perBlock, geometry.outChannels));
  const sums = backend.make([parts, ...geometry.filterShape]);
  backend.withScratch(blockBytes * backend.threads, (scratch) => {
    backend.perform(op.CONVOLUTION_FILTER_GRADIENT, parts, [
      ...geometryWords(geometry),
      ...[backend.address(x), backend.address(dy), backend.address(sums), perBlock, parts],
      ...[scratch, blockBytes, patchesAt],
    ]);
  });
  if (parts === 1) return { ...sums, shape: geometry.filterShape };
  const size = util.sizeFromShape(geometry.filterShape);
  const out = sumMiddle(backend, sums, 1, parts, size, geometry.filterShape);
  backend.disposeData(sums.dataId);
  return out;
}

const conv2DBackpropInput: SimdKernel = {
  name: "Conv2DBackpropInput",
  run({ inputs, attrs, backend }) {
    const dy = input(inputs, "dy");
    const filter = input(inputs, "filter");
    const { inputShape, ...setup } = attrs as unknown as Conv2DBackpropInputAttrs;
    const geometry = geometryOf(inputShape, filter.shape, setup);
    if (geometry === undefined || !areFloats(dy, filter)) return undefined;
    return inputGradient(backend, dy, filter, geometry, NO_EPILOGUE);
  },
};

const conv2DBackpropFilter: SimdKernel = {
  name: "Conv2DBackpropFilter",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const dy = input(inputs, "dy");
    const { filterShape, ...setup } = attrs as unknown as Conv2DBackpropFilterAttrs;
    const geometry = geometryOf(x.shape, filterShape, setup);
    return geometry !== undefined && areFloats(x, dy) ? filterGradient(backend, x, dy, geometry) : undefined;
  },
};

export const CONVOLUTIONS: readonly SimdKernel[] = [conv2D, fusedConv2D, conv2DBackpropInput, conv2DBackpropFilter];
