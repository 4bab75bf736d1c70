// Convolutions by Winograd's transforms (Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural Networks"): tiles of
// the output become values at points, at each of which the sum over channels is a matrix product of its own.
//
// A stride of s splits the input into s · s phases, images of every s-th row and column, which the taps of the filter walk
// one by one: phases count as channels. There are TILE + taps − 1 points along a dimension.
import { activateRun } from "./activation";
import { address, fraction, integer } from "./command";
import {
  channels,
  filters,
  inputHeight,
  inputWidth,
  outputHeight,
  outputWidth,
  padLeft,
  padTop,
  readGeometry,
  strideHeight,
} from "./geometry";
import { repeatNumbers } from "./numbers";
import { AS_PANELS, PANEL } from "../opcodes";
import { EDGE_BYTES, multiplyBlock, multiplyPanels } from "./product";
import {
  InputFromPoints2,
  InputFromPoints2Narrow,
  InputFromPoints3,
  InputToPoints2,
  InputToPoints2Narrow,
  InputToPoints3,
  TILE,
  TileFromPoints2,
  TileFromPoints2Narrow,
  TileFromPoints3,
  TileToPoints2,
  TileToPoints2Narrow,
  TileToPoints3,
} from "./transforms";
import {
  addFromPoints,
  cutIntoTiles,
  firstRowAt,
  lastRowAt,
  numberRows,
  points,
  rowOf,
  rows,
  startOfColumn,
  startOfRow,
  taps,
  tileColumns,
  tileRows,
  toPoints,
  transformBytes,
} from "./winogradTiles";

/** Channels of all phases together. */
let depth: i32 = 0;
// Places in a thread's scratch: an edge tile of the product and, after what the transforms work in, all the rest.
let edge: usize = 0;
let values: usize = 0;

/** Reads the geometry and shares out a thread's scratch. */
function prepare(command: usize, scratch: usize): void {
  readGeometry(command);
  edge = scratch;
  cutIntoTiles(edge + <usize>EDGE_BYTES);
  depth = strideHeight * strideHeight * channels;
  values = edge + <usize>EDGE_BYTES + transformBytes(max(channels, filters));
}

/** Columns of a matrix in panels, the last of which may reach beyond its edge. */
// @ts-ignore: decorator
@inline
export function wholePanels(columns: i32): i32 {
  return (columns + PANEL - 1) & ~(PANEL - 1);
}

/**
 * How far the matrices of two neighbouring points lie apart: a cache line more than they take, because caches keep few lines
 * that are a power of two apart, and transforms visit all points at once.
 */
// @ts-ignore: decorator
@inline
export function pointStride(rows: i32, columns: i32): usize {
  return (<usize>(rows * columns) << 2) + 64;
}

/**
 * output = activation(input ∗ filter + bias). Integers from 13: input, panels of the filter at each point, output, bias or 0,
 * images a task, scratch, scratch bytes a thread, kind of activation. Fractions: alpha.
 * Scratch goes on with the input at all points, [points², rows, depth], and the sums, [points², rows, filters]: a row is a tile.
 */
export function winogradConvolve(command: usize, task: i32, thread: i32): void {
  prepare(command, address(command, 18) + <usize>(thread * integer(command, 19)));
  if (taps == 2) convolveTask<InputToPoints2, InputToPoints2Narrow, TileFromPoints2, TileFromPoints2Narrow>(command, task);
  else convolveTask<InputToPoints3, InputToPoints3, TileFromPoints3, TileFromPoints3>(command, task);
}

function convolveTask<ToPoints, ToPointsNarrow, FromPoints, FromPointsNarrow>(command: usize, task: i32): void {
  const first = task * integer(command, 17);
  const images = min(integer(command, 17), integer(command, 0) - first);
  numberRows(images);
  const imageBytes = <usize>(inputHeight * inputWidth * channels) << 2;
  const input = address(command, 13) + <usize>first * imageBytes;
  for (let image = 0; image < images; image++) {
    inputToPoints<ToPoints, ToPointsNarrow>(input + <usize>image * imageBytes, image, values);
  }
  const sums = values + <usize>(points * points) * pointStride(rows, depth);
  multiplyAtPoints(address(command, 14), depth, filters, sums);
  const size = outputHeight * outputWidth * filters;
  const output = address(command, 15) + (<usize>(first * size) << 2);
  startFrom(address(command, 16), filters, output, images * outputHeight * outputWidth);
  const pointBytes = pointStride(rows, filters);
  for (let image = 0; image < images; image++) {
    const to = output + (<usize>(image * size) << 2);
    for (let i = 0; i < tileRows; i++) {
      for (let j = 0; j < tileColumns; j++) {
        const from = sums + (<usize>(rowOf(image, i, j) * filters) << 2);
        const y = startOfRow(i);
        const x = startOfColumn(j);
        addFromPoints<FromPoints, FromPointsNarrow>(i, j, from, pointBytes, to, outputHeight, outputWidth, filters, y, x, 1, TILE);
      }
    }
  }
  activateRun(integer(command, 20), fraction(command, 0), output, images * size);
}

/**
 * The gradient by the input, which is also the transposed convolution: activation(that + bias). Integers from 13: output
 * gradient, panels of the transposed filter at each point, input gradient, bias or 0, images a task, scratch, scratch bytes a
 * thread, kind of activation. Fractions: alpha. Scratch as for winogradConvolve, the other way around.
 */
export function winogradInputGradient(command: usize, task: i32, thread: i32): void {
  prepare(command, address(command, 18) + <usize>(thread * integer(command, 19)));
  if (taps == 2) inputGradientTask<TileToPoints2, TileToPoints2Narrow, InputFromPoints2, InputFromPoints2Narrow>(command, task);
  else inputGradientTask<TileToPoints3, TileToPoints3, InputFromPoints3, InputFromPoints3>(command, task);
}

function inputGradientTask<ToPoints, ToPointsNarrow, FromPoints, FromPointsNarrow>(command: usize, task: i32): void {
  const first = task * integer(command, 17);
  const images = min(integer(command, 17), integer(command, 0) - first);
  numberRows(images);
  const gradientBytes = <usize>(outputHeight * outputWidth * filters) << 2;
  const gradient = address(command, 13) + <usize>first * gradientBytes;
  for (let image = 0; image < images; image++) {
    const from = gradient + <usize>image * gradientBytes;
    tilesToPoints<ToPoints, ToPointsNarrow>(from, image, values, <usize>filters << 2, pointStride(rows, filters), 32);
  }
  const sums = values + <usize>(points * points) * pointStride(rows, filters);
  multiplyAtPoints(address(command, 14), filters, depth, sums);
  const size = inputHeight * inputWidth * channels;
  const output = address(command, 15) + (<usize>(first * size) << 2);
  startFrom(address(command, 16), channels, output, images * inputHeight * inputWidth);
  for (let image = 0; image < images; image++) {
    inputFromPoints<FromPoints, FromPointsNarrow>(sums, image, output + (<usize>(image * size) << 2));
  }
  activateRun(integer(command, 20), fraction(command, 0), output, images * size);
}

/**
 * The gradient by the filter at each point, in parts to be added up. Integers from 13: input, output gradient, parts
 * [parts, points², depth, filters], images a block, parts, scratch, scratch bytes a thread. A task is a part: its share of the
 * blocks. Scratch goes on with the input at all points, as for winogradConvolve, and the gradient there, in panels.
 */
export function winogradFilterGradient(command: usize, task: i32, thread: i32): void {
  prepare(command, address(command, 18) + <usize>(thread * integer(command, 19)));
  if (taps == 2) filterGradientTask<InputToPoints2, InputToPoints2Narrow, TileToPoints2, TileToPoints2Narrow>(command, task);
  else filterGradientTask<InputToPoints3, InputToPoints3, TileToPoints3, TileToPoints3>(command, task);
}

function filterGradientTask<ToPoints, ToPointsNarrow, TileToPoints, TileToPointsNarrow>(command: usize, task: i32): void {
  const batch = integer(command, 0);
  const perBlock = integer(command, 16);
  const parts = integer(command, 17);
  const imageBytes = <usize>(inputHeight * inputWidth * channels) << 2;
  const gradientBytes = <usize>(outputHeight * outputWidth * filters) << 2;
  const part = address(command, 15) + <usize>(task * points * points) * pointStride(depth, filters);
  const blocks = (batch + perBlock - 1) / perBlock;
  const firstBlock = (blocks * task) / parts;
  const lastBlock = (blocks * (task + 1)) / parts;
  for (let block = firstBlock; block < lastBlock; block++) {
    const first = block * perBlock;
    const images = min(perBlock, batch - first);
    numberRows(images);
    const gradients = values + <usize>(points * points) * pointStride(rows, depth);
    const panelBytes = <usize>rows << 5;
    const pointBytes = pointStride(rows, wholePanels(filters));
    for (let image = 0; image < images; image++) {
      inputToPoints<ToPoints, ToPointsNarrow>(address(command, 13) + <usize>(first + image) * imageBytes, image, values);
      const from = address(command, 14) + <usize>(first + image) * gradientBytes;
      tilesToPoints<TileToPoints, TileToPointsNarrow>(from, image, gradients, 32, pointBytes, panelBytes);
    }
    for (let point = 0; point < points * points; point++) {
      const row = firstRowAt(point);
      const count = lastRowAt(point) - row;
      const a = values + <usize>point * pointStride(rows, depth) + (<usize>(row * depth) << 2);
      const panels = gradients + <usize>point * pointBytes + (<usize>row << 5);
      const c = part + <usize>point * pointStride(depth, filters);
      const step = <usize>depth << 2;
      multiplyPanels(a, 4, step, 0, panels, panelBytes, count, depth, filters, c, filters, block > firstBlock, 0, edge);
    }
  }
}

/** At each point, sums [rows, columns] = values [rows, inner] · panels of a matrix [inner, columns]. */
function multiplyAtPoints(panels: usize, inner: i32, columns: i32, sums: usize): void {
  const panelStride = pointStride(inner, wholePanels(columns));
  for (let point = 0; point < points * points; point++) {
    const a = values + <usize>point * pointStride(rows, inner);
    const b = panels + <usize>point * panelStride;
    const c = sums + <usize>point * pointStride(rows, columns);
    const row = firstRowAt(point);
    multiplyBlock(false, a, inner, AS_PANELS, b, 0, inner, row, lastRowAt(point), 0, columns, c, columns, false, 0, edge);
  }
}

/** What sums are added to: a bias at every place, or nothing. */
function startFrom(bias: usize, count: i32, to: usize, places: i32): void {
  if (bias == 0) memory.fill(to, 0, <usize>(places * count) << 2);
  else repeatNumbers(bias, count, to, places);
}

// @ts-ignore: decorator
@inline
function phaseRow(tileRow: i32, phase: i32): i32 {
  return startOfRow(tileRow) * strideHeight + phase / strideHeight - padTop;
}

// @ts-ignore: decorator
@inline
function phaseColumn(tileColumn: i32, phase: i32): i32 {
  return startOfColumn(tileColumn) * strideHeight + (phase % strideHeight) - padLeft;
}

/** All tiles of an image of the input, at all points: [points², rows, depth]. */
function inputToPoints<Wide, Narrow>(from: usize, image: i32, to: usize): void {
  const pointBytes = pointStride(rows, depth);
  for (let i = 0; i < tileRows; i++) {
    for (let j = 0; j < tileColumns; j++) {
      const row = to + (<usize>(rowOf(image, i, j) * depth) << 2);
      for (let phase = 0; phase < strideHeight * strideHeight; phase++) {
        const at = row + (<usize>(phase * channels) << 2);
        const y = phaseRow(i, phase);
        const x = phaseColumn(j, phase);
        toPoints<Wide, Narrow>(i, j, from, inputHeight, inputWidth, channels, y, x, strideHeight, points, at, pointBytes, 32);
      }
    }
  }
}

/** The way back: adds to an image of the input. */
function inputFromPoints<Wide, Narrow>(sums: usize, image: i32, to: usize): void {
  const pointBytes = pointStride(rows, depth);
  for (let i = 0; i < tileRows; i++) {
    for (let j = 0; j < tileColumns; j++) {
      const row = sums + (<usize>(rowOf(image, i, j) * depth) << 2);
      for (let phase = 0; phase < strideHeight * strideHeight; phase++) {
        const from = row + (<usize>(phase * channels) << 2);
        const y = phaseRow(i, phase);
        const x = phaseColumn(j, phase);
        addFromPoints<Wide, Narrow>(i, j, from, pointBytes, to, inputHeight, inputWidth, channels, y, x, strideHeight, points);
      }
    }
  }
}

/** All tiles of an image of the output's gradient, at all points, rows `rowBytes` apart. */
function tilesToPoints<Wide, Narrow>(
  from: usize,
  image: i32,
  to: usize,
  rowBytes: usize,
  pointBytes: usize,
  panelBytes: usize,
): void {
  for (let i = 0; i < tileRows; i++) {
    for (let j = 0; j < tileColumns; j++) {
      const at = to + <usize>rowOf(image, i, j) * rowBytes;
      const y = startOfRow(i);
      const x = startOfColumn(j);
      toPoints<Wide, Narrow>(i, j, from, outputHeight, outputWidth, filters, y, x, 1, TILE, at, pointBytes, panelBytes);
    }
  }
}
