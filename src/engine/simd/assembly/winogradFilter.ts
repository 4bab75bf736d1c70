// The filter of a convolution at the points of Winograd's transforms, and the gradient by it back from there.
import { address, integer } from "./command";
import { channels, filters, kernelHeight, readGeometry, strideHeight } from "./geometry";
import { addNumbers, copyNumbers } from "./numbers";
import { PANEL } from "../opcodes";
import { transposeFour } from "./product";
import { pointStride, wholePanels } from "./winograd";
import { TapsFromPoints2, TapsFromPoints3, TapsToPoints2, TapsToPoints3, TILE, transform } from "./transforms";

/** The most points along a dimension, and the registers that all of both dimensions take. */
const MOST_POINTS: i32 = 6;
const REGISTERS: i32 = MOST_POINTS * MOST_POINTS;

let taps: i32 = 0;
let points: i32 = 0;
// Places in a thread's scratch: four times all points, taps by points on the way between both dimensions, and a row of
// gradients at all points.
let atPoints: usize = 0;
let middle: usize = 0;
let totals: usize = 0;

function prepare(command: usize, scratch: usize): void {
  readGeometry(command);
  taps = (kernelHeight + strideHeight - 1) / strideHeight;
  points = TILE + taps - 1;
  atPoints = scratch;
  middle = atPoints + <usize>(4 * REGISTERS << 4);
  totals = middle + <usize>(REGISTERS << 4);
}

/**
 * Panels of the filter [kernel, kernel, channels, filters] at each point: of its rows, phases · channels, or, transposed, of
 * its filters. Integers from 13: filter, panels, transposed, groups of four channels a task, scratch, scratch bytes a thread.
 */
export function winogradFilter(command: usize, task: i32, thread: i32): void {
  prepare(command, address(command, 17) + <usize>(thread * integer(command, 18)));
  if (taps == 2) filterTask<TapsToPoints2>(command, task);
  else filterTask<TapsToPoints3>(command, task);
}

function filterTask<ToPoints>(command: usize, task: i32): void {
  const panels = address(command, 14);
  const transposed = integer(command, 15) != 0;
  const perTask = integer(command, 16);
  const groups = (strideHeight * strideHeight * channels) >> 2;
  // Depth and columns of each point's matrix.
  const inner = transposed ? filters : groups << 2;
  const pointBytes = pointStride(inner, wholePanels(transposed ? groups << 2 : filters));
  for (let group = task * perTask; group < min(groups, (task + 1) * perTask); group++) {
    for (let filter = 0; filter < filters; filter += 4) {
      for (let lane = 0; lane < 4; lane++) {
        tapsToPoints<ToPoints>(address(command, 13), 4 * group + lane, filter, atPoints + <usize>(lane * REGISTERS << 4));
      }
      const row = transposed ? filter : 4 * group;
      const first = transposed ? 4 * group : filter;
      const panel = panels + (<usize>((first / PANEL) * inner + row) << 5) + (<usize>(first % PANEL) << 2);
      for (let point = 0; point < points * points; point++) {
        const from = atPoints + (<usize>point << 4);
        const to = panel + <usize>point * pointBytes;
        if (transposed) {
          transposeFour(from, <usize>REGISTERS << 4, to, 32);
          continue;
        }
        for (let lane = 0; lane < 4; lane++) {
          v128.store(to + (<usize>lane << 5), v128.load(from + <usize>(lane * REGISTERS << 4)));
        }
      }
    }
  }
}

/** Where the weights of a tap lie, for a row of phases · channels; 0 where the tap is beyond the kernel. */
// @ts-ignore: decorator
@inline
function weightsAt(filter: usize, row: i32, first: i32, tapY: i32, tapX: i32): usize {
  const phase = row / channels;
  const u = tapY * strideHeight + phase / strideHeight;
  const v = tapX * strideHeight + (phase % strideHeight);
  if (u >= kernelHeight || v >= kernelHeight) return 0;
  return filter + (<usize>(((u * kernelHeight + v) * channels + (row % channels)) * filters + first) << 2);
}

/** Four filters' weights of one row, at all points. */
function tapsToPoints<ToPoints>(filter: usize, row: i32, first: i32, to: usize): void {
  // `to` takes the taps of a column before it takes the points.
  for (let x = 0; x < taps; x++) {
    for (let y = 0; y < taps; y++) {
      const at = weightsAt(filter, row, first, y, x);
      v128.store(to + (<usize>y << 4), at == 0 ? f32x4.splat(0) : v128.load(at));
    }
    transform<ToPoints>(to, 16, middle + (<usize>x << 4), <usize>taps << 4);
  }
  for (let y = 0; y < points; y++) {
    transform<ToPoints>(middle + (<usize>(y * taps) << 4), 16, to + (<usize>(y * points) << 4), 16);
  }
}

/**
 * The gradient by the filter, from the parts of winogradFilterGradient. Integers from 13: parts [parts, points², depth,
 * filters], gradient, number of parts, rows (phases · channels) a task, scratch, scratch bytes a thread.
 */
export function winogradFilterTotals(command: usize, task: i32, thread: i32): void {
  prepare(command, address(command, 17) + <usize>(thread * integer(command, 18)));
  if (taps == 2) totalsTask<TapsFromPoints2>(command, task);
  else totalsTask<TapsFromPoints3>(command, task);
}

function totalsTask<FromPoints>(command: usize, task: i32): void {
  const parts = integer(command, 15);
  const perTask = integer(command, 16);
  const rows = strideHeight * strideHeight * channels;
  const pointBytes = pointStride(rows, filters);
  const partBytes = <usize>(points * points) * pointBytes;
  const rowBytes = <usize>filters << 2;
  for (let row = task * perTask; row < min(rows, (task + 1) * perTask); row++) {
    // Row by row, so that memory is read in the order it lies.
    for (let point = 0; point < points * points; point++) {
      const from = address(command, 13) + <usize>point * pointBytes + <usize>row * rowBytes;
      const sum = totals + <usize>point * rowBytes;
      copyNumbers(from, sum, filters);
      for (let part = 1; part < parts; part++) addNumbers(from + <usize>part * partBytes, sum, filters);
    }
    for (let filter = 0; filter < filters; filter += 4) tapsFromPoints<FromPoints>(address(command, 14), row, filter);
  }
}

/** Four filters' gradients of one row, from all points. */
function tapsFromPoints<FromPoints>(gradient: usize, row: i32, first: i32): void {
  const pointBytes = <usize>filters << 2;
  const from = totals + (<usize>first << 2);
  for (let y = 0; y < points; y++) {
    transform<FromPoints>(from + <usize>(y * points) * pointBytes, pointBytes, middle + (<usize>(y * taps) << 4), 16);
  }
  for (let x = 0; x < taps; x++) {
    transform<FromPoints>(middle + (<usize>x << 4), <usize>taps << 4, atPoints, 16);
    for (let y = 0; y < taps; y++) {
      const at = weightsAt(gradient, row, first, y, x);
      if (at != 0) v128.store(at, v128.load(atPoints + (<usize>y << 4)));
    }
  }
}
