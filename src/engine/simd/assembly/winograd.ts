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
  kernelHeight,
  outputHeight,
  outputWidth,
  padLeft,
  padTop,
  readGeometry,
  strideHeight,
} from "./geometry";
import { clearNumbers, repeatNumbers } from "./numbers";
import { AS_PANELS, PANEL } from "../opcodes";
import { EDGE_BYTES, multiplyBlock, multiplyPanels } from "./product";
import {
  InputFromPoints2,
  InputFromPoints3,
  InputToPoints2,
  InputToPoints3,
  TILE,
  TileFromPoints2,
  TileFromPoints3,
  TileToPoints2,
  TileToPoints3,
  transform,
} from "./transforms";

let taps: i32 = 0;
/** Points along one dimension. */
let points: i32 = 0;
let tileColumns: i32 = 0;
/** Tiles of an image. */
let tiles: i32 = 0;
/** Channels of all phases together. */
let depth: i32 = 0;
// Places in a thread's scratch: an edge tile of the product, one register for each point of a dimension, a tile on its way
// between both dimensions, and what comes after them.
let edge: usize = 0;
let column: usize = 0;
let middle: usize = 0;
let values: usize = 0;

/** Reads the geometry and shares out a thread's scratch. */
function prepare(command: usize, scratch: usize): void {
  readGeometry(command);
  taps = (kernelHeight + strideHeight - 1) / strideHeight;
  points = TILE + taps - 1;
  tileColumns = (outputWidth + TILE - 1) / TILE;
  tiles = tileColumns * ((outputHeight + TILE - 1) / TILE);
  depth = strideHeight * strideHeight * channels;
  edge = scratch;
  column = edge + <usize>EDGE_BYTES;
  middle = column + <usize>(points << 4);
  values = middle + (<usize>(points * points * max(channels, filters)) << 2);
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
  if (taps == 2) convolveTask<InputToPoints2, TileFromPoints2>(command, task);
  else convolveTask<InputToPoints3, TileFromPoints3>(command, task);
}

function convolveTask<ToPoints, FromPoints>(command: usize, task: i32): void {
  const first = task * integer(command, 17);
  const images = min(integer(command, 17), integer(command, 0) - first);
  const rows = images * tiles;
  const imageBytes = <usize>(inputHeight * inputWidth * channels) << 2;
  const input = address(command, 13) + <usize>first * imageBytes;
  for (let image = 0; image < images; image++) {
    inputToPoints<ToPoints>(input + <usize>image * imageBytes, image * tiles, rows, values);
  }
  const sums = values + <usize>(points * points) * pointStride(rows, depth);
  multiplyAtPoints(address(command, 14), depth, rows, filters, sums);
  const size = outputHeight * outputWidth * filters;
  const output = address(command, 15) + (<usize>(first * size) << 2);
  startFrom(address(command, 16), filters, output, images * outputHeight * outputWidth);
  for (let row = 0; row < rows; row++) {
    const tile = row % tiles;
    const y = (tile / tileColumns) * TILE;
    const x = (tile % tileColumns) * TILE;
    const to = output + (<usize>((row / tiles) * size) << 2);
    const from = sums + (<usize>(row * filters) << 2);
    addFromPoints<FromPoints>(from, pointStride(rows, filters), to, outputHeight, outputWidth, filters, y, x, 1, TILE);
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
  if (taps == 2) inputGradientTask<TileToPoints2, InputFromPoints2>(command, task);
  else inputGradientTask<TileToPoints3, InputFromPoints3>(command, task);
}

function inputGradientTask<ToPoints, FromPoints>(command: usize, task: i32): void {
  const first = task * integer(command, 17);
  const images = min(integer(command, 17), integer(command, 0) - first);
  const rows = images * tiles;
  const gradientBytes = <usize>(outputHeight * outputWidth * filters) << 2;
  const gradient = address(command, 13) + <usize>first * gradientBytes;
  for (let image = 0; image < images; image++) {
    const row = values + (<usize>(image * tiles * filters) << 2);
    const from = gradient + <usize>image * gradientBytes;
    tilesToPoints<ToPoints>(from, row, <usize>filters << 2, pointStride(rows, filters), 32);
  }
  const sums = values + <usize>(points * points) * pointStride(rows, filters);
  multiplyAtPoints(address(command, 14), filters, rows, depth, sums);
  const size = inputHeight * inputWidth * channels;
  const output = address(command, 15) + (<usize>(first * size) << 2);
  startFrom(address(command, 16), channels, output, images * inputHeight * inputWidth);
  for (let row = 0; row < rows; row++) {
    const to = output + (<usize>((row / tiles) * size) << 2);
    for (let phase = 0; phase < strideHeight * strideHeight; phase++) {
      const from = sums + (<usize>(row * depth + phase * channels) << 2);
      const y = phaseRow(row % tiles, phase);
      const x = phaseColumn(row % tiles, phase);
      addFromPoints<FromPoints>(from, pointStride(rows, depth), to, inputHeight, inputWidth, channels, y, x, strideHeight, points);
    }
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
  if (taps == 2) filterGradientTask<InputToPoints2, TileToPoints2>(command, task);
  else filterGradientTask<InputToPoints3, TileToPoints3>(command, task);
}

function filterGradientTask<ToPoints, TileToPoints>(command: usize, task: i32): void {
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
    const rows = images * tiles;
    const gradients = values + <usize>(points * points) * pointStride(rows, depth);
    const panelBytes = <usize>rows << 5;
    const pointBytes = pointStride(rows, wholePanels(filters));
    for (let image = 0; image < images; image++) {
      const row = image * tiles;
      inputToPoints<ToPoints>(address(command, 13) + <usize>(first + image) * imageBytes, row, rows, values);
      const from = address(command, 14) + <usize>(first + image) * gradientBytes;
      tilesToPoints<TileToPoints>(from, gradients + (<usize>row << 5), 32, pointBytes, panelBytes);
    }
    for (let point = 0; point < points * points; point++) {
      const a = values + <usize>point * pointStride(rows, depth);
      const panels = gradients + <usize>point * pointBytes;
      const c = part + <usize>point * pointStride(depth, filters);
      const step = <usize>depth << 2;
      multiplyPanels(a, 4, step, 0, panels, panelBytes, rows, depth, filters, c, filters, block > firstBlock, 0, edge);
    }
  }
}

/** At each point, sums [rows, columns] = values [rows, inner] · panels of a matrix [inner, columns]. */
function multiplyAtPoints(panels: usize, inner: i32, rows: i32, columns: i32, sums: usize): void {
  const panelStride = pointStride(inner, wholePanels(columns));
  for (let point: usize = 0; point < <usize>(points * points); point++) {
    const a = values + point * pointStride(rows, inner);
    const b = panels + point * panelStride;
    const c = sums + point * pointStride(rows, columns);
    multiplyBlock(false, a, inner, AS_PANELS, b, 0, inner, 0, rows, 0, columns, c, columns, false, 0, edge);
  }
}

/** What sums are added to: a bias at every place, or nothing. */
function startFrom(bias: usize, count: i32, to: usize, places: i32): void {
  if (bias == 0) memory.fill(to, 0, <usize>(places * count) << 2);
  else repeatNumbers(bias, count, to, places);
}

// @ts-ignore: decorator
@inline
function phaseRow(tile: i32, phase: i32): i32 {
  return (tile / tileColumns) * TILE * strideHeight + phase / strideHeight - padTop;
}

// @ts-ignore: decorator
@inline
function phaseColumn(tile: i32, phase: i32): i32 {
  return (tile % tileColumns) * TILE * strideHeight + (phase % strideHeight) - padLeft;
}

/** All tiles of an image of the input, at all points, to the rows from `row` on of [points², rows, depth]. */
function inputToPoints<ToPoints>(image: usize, row: i32, rows: i32, to: usize): void {
  for (let tile = 0; tile < tiles; tile++) {
    for (let phase = 0; phase < strideHeight * strideHeight; phase++) {
      const at = to + (<usize>((row + tile) * depth + phase * channels) << 2);
      const y = phaseRow(tile, phase);
      const x = phaseColumn(tile, phase);
      const pointBytes = pointStride(rows, depth);
      toPoints<ToPoints>(image, inputHeight, inputWidth, channels, y, x, strideHeight, points, at, pointBytes, 32);
    }
  }
}

/** All tiles of an image of the output's gradient, at all points, `rowBytes` apart. */
function tilesToPoints<ToPoints>(image: usize, to: usize, rowBytes: usize, pointBytes: usize, panelBytes: usize): void {
  for (let tile = 0; tile < tiles; tile++) {
    const y = (tile / tileColumns) * TILE;
    const x = (tile % tileColumns) * TILE;
    const at = to + <usize>tile * rowBytes;
    toPoints<ToPoints>(image, outputHeight, outputWidth, filters, y, x, 1, TILE, at, pointBytes, panelBytes);
  }
}

/** How many of the places that lie `step` apart from `from` on come before 0. */
// @ts-ignore: decorator
@inline
function placesBefore(from: i32, step: i32): i32 {
  return from >= 0 ? 0 : (step - 1 - from) / step;
}

/** How many of `size` places that lie `step` apart from `from` on come before `end`. */
// @ts-ignore: decorator
@inline
function placesWithin(from: i32, step: i32, size: i32, end: i32): i32 {
  return max(0, min(size, (end - from + step - 1) / step));
}

/**
 * The size · size places of an image [height, width, count] that lie `step` apart from (y, x) on, zero outside, at all points:
 * these `pointBytes` apart, and eight numbers of a place `panelBytes` from the next eight.
 */
function toPoints<Kind>(
  image: usize,
  height: i32,
  width: i32,
  count: i32,
  y: i32,
  x: i32,
  step: i32,
  size: i32,
  to: usize,
  pointBytes: usize,
  panelBytes: usize,
): void {
  const placeBytes = <usize>count << 2;
  const lineBytes = <usize>(step * width) * placeBytes;
  const first = placesBefore(y, step);
  const last = placesWithin(y, step, size, height);
  // Along columns: [points, size, count].
  for (let j = 0; j < size; j++) {
    const at = middle + <usize>j * placeBytes;
    const placeX = x + j * step;
    if (<u32>placeX >= <u32>width || first >= last) {
      for (let i = 0; i < points; i++) clearNumbers(at + <usize>(i * size) * placeBytes, count);
      continue;
    }
    const from = image + <usize>(y * width + placeX) * placeBytes;
    for (let offset: usize = 0; offset < placeBytes; offset += 16) {
      if (first == 0 && last == size) {
        transform<Kind>(from + offset, lineBytes, at + offset, <usize>size * placeBytes);
        continue;
      }
      for (let i = 0; i < size; i++) {
        const inside = i >= first && i < last;
        v128.store(column + (<usize>i << 4), inside ? v128.load(from + <usize>i * lineBytes + offset) : f32x4.splat(0));
      }
      transform<Kind>(column, 16, at + offset, <usize>size * placeBytes);
    }
  }
  for (let i = 0; i < points; i++) {
    const from = middle + <usize>(i * size) * placeBytes;
    const line = to + <usize>(i * points) * pointBytes;
    for (let offset: usize = 0; offset < placeBytes; offset += 16) {
      transform<Kind>(from + offset, placeBytes, line + (offset >> 5) * panelBytes + (offset & 31), pointBytes);
    }
  }
}

/** The way back: adds what values at all points amount to at the size · size places. */
function addFromPoints<Kind>(
  from: usize,
  pointBytes: usize,
  image: usize,
  height: i32,
  width: i32,
  count: i32,
  y: i32,
  x: i32,
  step: i32,
  size: i32,
): void {
  const placeBytes = <usize>count << 2;
  const lineBytes = <usize>(step * width) * placeBytes;
  for (let i = 0; i < points; i++) {
    const line = from + <usize>(i * points) * pointBytes;
    const to = middle + <usize>(i * size) * placeBytes;
    for (let offset: usize = 0; offset < placeBytes; offset += 16) {
      transform<Kind>(line + offset, pointBytes, to + offset, placeBytes);
    }
  }
  const first = placesBefore(y, step);
  const last = placesWithin(y, step, size, height);
  for (let j = 0; j < size; j++) {
    const placeX = x + j * step;
    if (<u32>placeX >= <u32>width) continue;
    const at = middle + <usize>j * placeBytes;
    const to = image + <usize>(y * width + placeX) * placeBytes;
    for (let offset: usize = 0; offset < placeBytes; offset += 16) {
      transform<Kind>(at + offset, <usize>size * placeBytes, column, 16);
      for (let i = first; i < last; i++) {
        const place = to + <usize>i * lineBytes + offset;
        v128.store(place, f32x4.add(v128.load(place), v128.load(column + (<usize>i << 4))));
      }
    }
  }
}
