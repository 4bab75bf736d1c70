// How an output is cut into tiles, which row of a product each of them is, and their way to the points of Winograd's
// transforms and back. It must not know what is multiplied there.
//
// Tiles have TILE outputs along a dimension. Where those would reach beyond the edge and there are two taps, some tiles are
// narrow: an output less, which needs a point less. Rows are in an order in which those that a point needs are neighbours:
// tiles narrow in y, wide ones, tiles narrow in x, tiles narrow in both.
import { kernelHeight, outputHeight, outputWidth, strideHeight } from "./geometry";
import { clearNumbers } from "./numbers";
import { TILE, transform } from "./transforms";

/** The point that narrow tiles do without. */
const POINT_OF_WIDE: i32 = 3;

/** Points along one dimension. */
export let points: i32 = 0;
export let taps: i32 = 0;
export let tileRows: i32 = 0;
export let tileColumns: i32 = 0;
/** Those that are wide come first. */
let wideRows: i32 = 0;
let wideColumns: i32 = 0;
// Rows of the product so far: of tiles narrow in y, with the wide ones, with those narrow in x, with those narrow in both.
let narrowEnd: i32 = 0;
let wideEnd: i32 = 0;
let lowEnd: i32 = 0;
export let rows: i32 = 0;
// Scratch: one register for each point of a dimension, and a tile on its way between both dimensions.
let column: usize = 0;
let middle: usize = 0;

/** Cuts the output of the geometry at hand into tiles, whose transforms work in `scratch`. */
export function cutIntoTiles(scratch: usize): void {
  taps = (kernelHeight + strideHeight - 1) / strideHeight;
  points = TILE + taps - 1;
  tileRows = (outputHeight + TILE - 1) / TILE;
  tileColumns = (outputWidth + TILE - 1) / TILE;
  wideRows = wideOf(tileRows, outputHeight);
  wideColumns = wideOf(tileColumns, outputWidth);
  column = scratch;
  middle = column + <usize>(points << 4);
}

/** Bytes that the transforms work in, for places of so many numbers. */
export function transformBytes(count: i32): usize {
  return <usize>(points << 4) + (<usize>(points * points * count) << 2);
}

/** How many of the tiles along a dimension must be wide. */
function wideOf(tiles: i32, outputs: i32): i32 {
  return taps == 2 ? max(0, outputs - tiles * (TILE - 1)) : tiles;
}

/** Numbers the rows that the tiles of so many images make together. */
export function numberRows(images: i32): void {
  narrowEnd = images * (tileRows - wideRows) * wideColumns;
  wideEnd = narrowEnd + images * wideRows * wideColumns;
  lowEnd = wideEnd + images * wideRows * (tileColumns - wideColumns);
  rows = images * tileRows * tileColumns;
}

/** The row of a tile. */
export function rowOf(image: i32, tileRow: i32, tileColumn: i32): i32 {
  const narrowY = tileRow >= wideRows;
  const narrowX = tileColumn >= wideColumns;
  const start = narrowX ? (narrowY ? lowEnd : wideEnd) : narrowY ? 0 : narrowEnd;
  const down = narrowY ? tileRows - wideRows : wideRows;
  const across = narrowX ? tileColumns - wideColumns : wideColumns;
  const y = narrowY ? tileRow - wideRows : tileRow;
  const x = narrowX ? tileColumn - wideColumns : tileColumn;
  return start + (image * down + y) * across + x;
}

/** The first row that a point needs. */
export function firstRowAt(point: i32): i32 {
  return point / points == POINT_OF_WIDE ? narrowEnd : 0;
}

/** The end of the rows that a point needs. */
export function lastRowAt(point: i32): i32 {
  if (point % points == POINT_OF_WIDE) return wideEnd;
  return point / points == POINT_OF_WIDE ? lowEnd : rows;
}

/** The first output of a row of tiles. */
export function startOfRow(tileRow: i32): i32 {
  return tileRow * TILE - max(0, tileRow - wideRows);
}

/** The first output of a column of tiles. */
export function startOfColumn(tileColumn: i32): i32 {
  return tileColumn * TILE - max(0, tileColumn - wideColumns);
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
 * A tile's places in an image [height, width, count], zero outside, at all points: these `pointBytes` apart, and eight numbers
 * of a place `panelBytes` from the next eight. The places lie `step` apart from (y, x) on, `size` along a dimension of a wide
 * tile.
 */
export function toPoints<Wide, Narrow>(
  tileRow: i32,
  tileColumn: i32,
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
  const narrowY = tileRow >= wideRows;
  const narrowX = tileColumn >= wideColumns;
  const across = narrowX ? size - 1 : size;
  if (narrowY) columnsToPoints<Narrow>(image, height, width, count, y, x, step, size - 1, across);
  else columnsToPoints<Wide>(image, height, width, count, y, x, step, size, across);
  for (let i = 0; i < points; i++) {
    if (narrowY && i == POINT_OF_WIDE) continue;
    const from = middle + (<usize>(i * across * count) << 2);
    const line = to + <usize>(i * points) * pointBytes;
    if (narrowX) rowToPoints<Narrow>(from, count, line, pointBytes, panelBytes);
    else rowToPoints<Wide>(from, count, line, pointBytes, panelBytes);
  }
}

/** Along columns: [points, across, count]. */
function columnsToPoints<Kind>(
  image: usize,
  height: i32,
  width: i32,
  count: i32,
  y: i32,
  x: i32,
  step: i32,
  down: i32,
  across: i32,
): void {
  const placeBytes = <usize>count << 2;
  const lineBytes = <usize>(step * width) * placeBytes;
  const first = placesBefore(y, step);
  const last = placesWithin(y, step, down, height);
  for (let j = 0; j < across; j++) {
    const at = middle + <usize>j * placeBytes;
    const placeX = x + j * step;
    if (<u32>placeX >= <u32>width || first >= last) {
      for (let i = 0; i < points; i++) clearNumbers(at + <usize>(i * across) * placeBytes, count);
      continue;
    }
    const from = image + <usize>(y * width + placeX) * placeBytes;
    for (let offset: usize = 0; offset < placeBytes; offset += 16) {
      if (first == 0 && last == down) {
        transform<Kind>(from + offset, lineBytes, at + offset, <usize>across * placeBytes);
        continue;
      }
      for (let i = 0; i < down; i++) {
        const inside = i >= first && i < last;
        v128.store(column + (<usize>i << 4), inside ? v128.load(from + <usize>i * lineBytes + offset) : f32x4.splat(0));
      }
      transform<Kind>(column, 16, at + offset, <usize>across * placeBytes);
    }
  }
}

function rowToPoints<Kind>(from: usize, count: i32, line: usize, pointBytes: usize, panelBytes: usize): void {
  const placeBytes = <usize>count << 2;
  for (let offset: usize = 0; offset < placeBytes; offset += 16) {
    transform<Kind>(from + offset, placeBytes, line + (offset >> 5) * panelBytes + (offset & 31), pointBytes);
  }
}

/** The way back: adds what a tile's values at all points amount to at its places. */
export function addFromPoints<Wide, Narrow>(
  tileRow: i32,
  tileColumn: i32,
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
  const narrowY = tileRow >= wideRows;
  const narrowX = tileColumn >= wideColumns;
  const across = narrowX ? size - 1 : size;
  for (let i = 0; i < points; i++) {
    if (narrowY && i == POINT_OF_WIDE) continue;
    const line = from + <usize>(i * points) * pointBytes;
    const to = middle + (<usize>(i * across * count) << 2);
    if (narrowX) rowFromPoints<Narrow>(line, pointBytes, count, to);
    else rowFromPoints<Wide>(line, pointBytes, count, to);
  }
  if (narrowY) addColumns<Narrow>(image, height, width, count, y, x, step, size - 1, across);
  else addColumns<Wide>(image, height, width, count, y, x, step, size, across);
}

function rowFromPoints<Kind>(line: usize, pointBytes: usize, count: i32, to: usize): void {
  const placeBytes = <usize>count << 2;
  for (let offset: usize = 0; offset < placeBytes; offset += 16) {
    transform<Kind>(line + offset, pointBytes, to + offset, placeBytes);
  }
}

function addColumns<Kind>(
  image: usize,
  height: i32,
  width: i32,
  count: i32,
  y: i32,
  x: i32,
  step: i32,
  down: i32,
  across: i32,
): void {
  const placeBytes = <usize>count << 2;
  const lineBytes = <usize>(step * width) * placeBytes;
  const first = placesBefore(y, step);
  const last = placesWithin(y, step, down, height);
  for (let j = 0; j < across; j++) {
    const placeX = x + j * step;
    if (<u32>placeX >= <u32>width) continue;
    const at = middle + <usize>j * placeBytes;
    const to = image + <usize>(y * width + placeX) * placeBytes;
    for (let offset: usize = 0; offset < placeBytes; offset += 16) {
      transform<Kind>(at + offset, <usize>across * placeBytes, column, 16);
      for (let i = first; i < last; i++) {
        const place = to + <usize>i * lineBytes + offset;
        v128.store(place, f32x4.add(v128.load(place), v128.load(column + (<usize>i << 4))));
      }
    }
  }
}
