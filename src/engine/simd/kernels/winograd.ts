/** Convolutions by Winograd's transforms, where they spare multiplications: see assembly/winograd.ts. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { geometryWords, type Geometry } from "./convolutionGeometry.ts";
import type { Epilogue } from "./epilogue.ts";
import { shareOf, wantedTasks } from "./kernel.ts";
import { EDGE_BYTES } from "./matrixProduct.ts";

const NUMBER_BYTES = Float32Array.BYTES_PER_ELEMENT;
const REGISTER_BYTES = 16;
const CACHE_LINE_BYTES = 64;
/** What a task with the filter takes beside its totals: see `prepare` in assembly/winogradFilter.ts. */
const FILTER_BYTES = 5 * 36 * REGISTER_BYTES;
/** Outputs of a wide tile along one dimension, as in assembly/transforms.ts; a narrow one has one less. */
const TILE = 4;
/** Rows of a product that are worth its panels' way through the caches, a row being a tile. */
const ROWS_AT_ONCE = 16;
/** The same where they are what a product sums over, so that its sums are worth their way. */
const ROWS_SUMMED = 64;
/** Parts that a filter gradient is summed in. Fixed, so that the result does not depend on the number of threads. */
const FILTER_PARTS = 8;
const FILTER_PART_BYTES = 64 * 1024 * 1024;
/** Transforms take time, too: multiplications must be spared by more than this. */
const LEAST_GAIN = 1.3;

/** The sizes of a convolution that goes this way. */
interface Plan {
  readonly geometry: Geometry;
  /** Of both dimensions together. */
  readonly points: number;
  /** Tiles of an image. */
  readonly tiles: number;
  /** Channels of all phases of the stride together. */
  readonly depth: number;
  readonly filters: number;
  /** What all of a thread's scratch begins with: see `prepare` in assembly/winograd.ts. */
  readonly startBytes: number;
}

/** Null where the convolution is better, or can only be, computed as it is written. */
export function planWinograd(geometry: Geometry): Plan | null {
  const { filterHeight, filterWidth, strideHeight, strideWidth, inChannels, outChannels, outHeight, outWidth } =
    geometry;
  const taps = Math.ceil(filterHeight / strideHeight);
  const isSquare = filterHeight === filterWidth && strideHeight === strideWidth;
  const inRegisters = inChannels % 4 === 0 && outChannels % 4 === 0;
  if (!isSquare || !inRegisters || (taps !== 2 && taps !== 3)) return null;
  const along = TILE + taps - 1;
  const tiles = Math.ceil(outHeight / TILE) * Math.ceil(outWidth / TILE);
  const depth = strideHeight ** 2 * inChannels;
  const direct = outHeight * outWidth * filterHeight * filterWidth * inChannels;
  if (direct < LEAST_GAIN * pointsAlong(outHeight, taps) * pointsAlong(outWidth, taps) * depth) return null;
  const places = along ** 2 * Math.max(inChannels, outChannels) * NUMBER_BYTES;
  const startBytes = EDGE_BYTES + along * REGISTER_BYTES + places;
  return { geometry, points: along ** 2, tiles, depth, filters: outChannels, startBytes };
}

/** Points of all tiles along a dimension: tiles of two taps are narrow where that many suffice (see assembly/winogradTiles.ts). */
function pointsAlong(outputs: number, taps: number): number {
  const tiles = Math.ceil(outputs / TILE);
  const narrow = taps === 2 ? Math.min(tiles, tiles * TILE - outputs) : 0;
  return tiles * (TILE + taps - 1) - narrow;
}

/** Images whose tiles are as many rows as wished for. */
function imagesFor(rows: number, { geometry, tiles }: Plan): number {
  return Math.min(geometry.batchSize, Math.ceil(rows / tiles));
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** Bytes of a matrix at each point, as far as they lie apart: see `pointStride` in assembly/winograd.ts. */
function bytesOfPoints(points: number, rows: number, columns: number): number {
  return points * (rows * columns * NUMBER_BYTES + CACHE_LINE_BYTES);
}

/** Columns of a matrix in panels. */
function wholePanels(columns: number): number {
  return Math.ceil(columns / op.PANEL) * op.PANEL;
}

/** Lends the panels of the filter at all points, and scratch for each thread, for the length of a call. */
function withFilterPanels(
  backend: SimdBackend,
  filter: TensorInfo,
  { geometry, points, depth, filters }: Plan,
  transposed: boolean,
  blockBytes: number,
  use: (panels: number, scratch: number) => void,
): void {
  const [inner, columns] = transposed ? [filters, depth] : [depth, filters];
  const packed = aligned(bytesOfPoints(points, inner, wholePanels(columns)));
  backend.withScratch(packed + blockBytes * backend.threads, (panels) => {
    const groups = depth / 4;
    const perTask = shareOf(groups, wantedTasks(points * depth * filters, backend.threads), 1);
    backend.perform(op.WINOGRAD_FILTER, Math.ceil(groups / perTask), [
      ...geometryWords(geometry),
      ...[backend.address(filter), panels, transposed ? 1 : 0, perTask, panels + packed, blockBytes],
    ]);
    use(panels, panels + packed);
  });
}

/** activation(x ∗ filter + bias). */
export function winogradConvolve(
  backend: SimdBackend,
  x: TensorInfo,
  filter: TensorInfo,
  plan: Plan,
  { bias, kind, alpha }: Epilogue,
): TensorInfo {
  const { geometry } = plan;
  const out = backend.make(geometry.outShape);
  const images = imagesFor(ROWS_AT_ONCE, plan);
  const blockBytes = bytesAtPoints(plan, images);
  withFilterPanels(backend, filter, plan, false, blockBytes, (panels, scratch) => {
    const integers = [
      ...geometryWords(geometry),
      ...[backend.address(x), panels, backend.address(out), bias, images, scratch, blockBytes, kind],
    ];
    backend.perform(op.WINOGRAD_CONVOLVE, Math.ceil(geometry.batchSize / images), integers, [alpha]);
  });
  return out;
}

/** Scratch of a thread for the tiles of so many images, with all their channels and all filters. */
function bytesAtPoints({ points, tiles, depth, filters, startBytes }: Plan, images: number): number {
  const rows = images * tiles;
  const numbers = bytesOfPoints(points, rows, depth) + bytesOfPoints(points, rows, wholePanels(filters));
  return aligned(Math.max(startBytes + numbers, FILTER_BYTES + points * filters * NUMBER_BYTES));
}

/** The gradient by the input, and the transposed convolution: activation(that + bias). */
export function winogradInputGradient(
  backend: SimdBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  plan: Plan,
  { bias, kind, alpha }: Epilogue,
): TensorInfo {
  const { geometry } = plan;
  const out = backend.make(geometry.inShape);
  const images = imagesFor(ROWS_AT_ONCE, plan);
  const blockBytes = bytesAtPoints(plan, images);
  withFilterPanels(backend, filter, plan, true, blockBytes, (panels, scratch) => {
    const integers = [
      ...geometryWords(geometry),
      ...[backend.address(dy), panels, backend.address(out), bias, images, scratch, blockBytes, kind],
    ];
    backend.perform(op.WINOGRAD_INPUT_GRADIENT, Math.ceil(geometry.batchSize / images), integers, [alpha]);
  });
  return out;
}

/** The gradient by the filter. */
export function winogradFilterGradient(backend: SimdBackend, x: TensorInfo, dy: TensorInfo, plan: Plan): TensorInfo {
  const { geometry, points, depth, filters } = plan;
  const images = imagesFor(ROWS_SUMMED, plan);
  const blocks = Math.ceil(geometry.batchSize / images);
  const partBytes = bytesOfPoints(points, depth, filters);
  const parts = Math.max(1, Math.min(FILTER_PARTS, blocks, Math.floor(FILTER_PART_BYTES / partBytes)));
  const blockBytes = bytesAtPoints(plan, images);
  const out = backend.make(geometry.filterShape);
  backend.withScratch(aligned(parts * partBytes) + blockBytes * backend.threads, (sums) => {
    const scratch = sums + aligned(parts * partBytes);
    backend.perform(op.WINOGRAD_FILTER_GRADIENT, parts, [
      ...geometryWords(geometry),
      ...[backend.address(x), backend.address(dy), sums, images, parts, scratch, blockBytes],
    ]);
    const perTask = shareOf(depth, wantedTasks(parts * points * depth * filters, backend.threads), 1);
    backend.perform(op.WINOGRAD_FILTER_TOTALS, Math.ceil(depth / perTask), [
      ...geometryWords(geometry),
      ...[sums, backend.address(out), parts, perTask, scratch, blockBytes],
    ]);
  });
  return out;
}
