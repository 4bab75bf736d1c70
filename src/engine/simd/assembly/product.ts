// Matrix products: panels of B, blocks of A, and the register-blocked tiles between them.
import { AS_PANELS, PANEL, TRANSPOSED } from "../opcodes";
import { activateRows } from "./activation";
import { address, fraction, integer } from "./command";
import { blockBytes, heightOf, packRows, tile, TILE_ROWS, tilesOf } from "./tiles";

/** Bytes at the start of a thread's scratch that hold one tile at the right edge. */
export const EDGE_BYTES: i32 = 512;
/** The longest stretch of the inner dimension handled at once: a panel of it and six rows of A fit the first-level cache. */
const DEPTH: i32 = 512;
/** The same where A is packed. */
const PACKED_DEPTH: i32 = 256;
/** Panels that one packing task makes. */
const PANELS_PER_TASK: i32 = 8;

/**
 * Packs B into panels of eight columns, zeros beyond the edge, each panel [depth, 8].
 * Integers: transposed, depth, columns, B, panels, rowLength (of B as it lies).
 */
export function packPanels(command: usize, task: i32): void {
  const transposed = integer(command, 0) != 0;
  const depth = integer(command, 1);
  const columns = integer(command, 2);
  const source = address(command, 3);
  const panels = address(command, 4);
  const rowBytes = <usize>integer(command, 5) << 2;
  const first = task * PANELS_PER_TASK * PANEL;
  const end = min(columns, first + PANELS_PER_TASK * PANEL);
  if (transposed) packTransposed(source, rowBytes, depth, first, end, panels);
  else pack(source, rowBytes, depth, first, end, panels);
}

// @ts-ignore: decorator
@inline
function panelAt(panels: usize, depth: i32, column: i32): usize {
  return panels + (<usize>column * <usize>depth << 2);
}

/** Panels of the columns `first` to `end` of B [depth, columns]. */
export function pack(source: usize, rowBytes: usize, depth: i32, first: i32, end: i32, panels: usize): void {
  const panelBytes = <usize>depth << 5;
  const whole = first + ((end - first) & ~(PANEL - 1));
  // Row by row, so that B is read in the order it lies.
  for (let k = 0; k < depth; k++) {
    let from = source + <usize>k * rowBytes + (<usize>first << 2);
    let to = panelAt(panels, depth, first) + (<usize>k << 5);
    for (let column = first; column < whole; column += PANEL) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += 32;
      to += panelBytes;
    }
    if (whole < end) {
      const rest = end - whole;
      for (let lane = 0; lane < PANEL; lane++) {
        store<f32>(to + (<usize>lane << 2), lane < rest ? load<f32>(from + (<usize>lane << 2)) : <f32>0);
      }
    }
  }
}

/** Panels of the columns `first` to `end` of the transpose of B [columns, depth]. */
function packTransposed(source: usize, rowBytes: usize, depth: i32, first: i32, end: i32, panels: usize): void {
  for (let column = first; column < end; column += PANEL) {
    const count = min(PANEL, end - column);
    let to = panelAt(panels, depth, column);
    let from = source + <usize>column * rowBytes;
    let k = 0;
    if (count == PANEL) {
      for (; k + 4 <= depth; k += 4) {
        transposeFour(from, rowBytes, to, 32);
        transposeFour(from + 4 * rowBytes, rowBytes, to + 16, 32);
        from += 16;
        to += 128;
      }
    }
    for (; k < depth; k++) {
      for (let lane = 0; lane < PANEL; lane++) {
        const value = lane < count ? load<f32>(from + <usize>lane * rowBytes) : <f32>0;
        store<f32>(to + (<usize>lane << 2), value);
      }
      from += 4;
      to += 32;
    }
  }
}

/** Transposes a block of four by four numbers. */
export function transposeFour(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromBytes);
  const c = v128.load(from + 2 * fromBytes);
  const d = v128.load(from + 3 * fromBytes);
  const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const high = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const lowNext = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const highNext = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low, lowNext, 0, 1, 4, 5));
  v128.store(to + toBytes, v128.shuffle<f32>(low, lowNext, 2, 3, 6, 7));
  v128.store(to + 2 * toBytes, v128.shuffle<f32>(high, highNext, 0, 1, 4, 5));
  v128.store(to + 3 * toBytes, v128.shuffle<f32>(high, highNext, 2, 3, 6, 7));
}

/**
 * C [rows, columns] = activation(A · B, plus a bias a column where there is one). A is [rows, depth], or [depth, rows] transposed.
 * Integers: whether A is transposed, rows, columns, depth, A, rowLength of A, how B lies, B, rowLength of B, C, bias or 0,
 * shares of the rows, shares of the panels, scratch, scratch bytes a thread, kind of activation. Fractions: alpha. A task is a
 * share of both.
 */
export function multiply(command: usize, task: i32, thread: i32): void {
  const rows = integer(command, 1);
  const columns = integer(command, 2);
  const rowShares = integer(command, 11);
  const panelShares = integer(command, 12);
  const panels = (columns + PANEL - 1) / PANEL;
  const row = startOfShare(rows, task / panelShares, rowShares);
  const rowEnd = startOfShare(rows, task / panelShares + 1, rowShares);
  const column = startOfShare(panels, task % panelShares, panelShares) * PANEL;
  const columnEnd = min(columns, startOfShare(panels, (task % panelShares) + 1, panelShares) * PANEL);
  const c = address(command, 9);
  multiplyBlock(
    integer(command, 0) != 0,
    address(command, 4),
    integer(command, 5),
    integer(command, 6),
    address(command, 7),
    integer(command, 8),
    integer(command, 3),
    row,
    rowEnd,
    column,
    columnEnd,
    c,
    columns,
    false,
    address(command, 10),
    address(command, 13) + <usize>(thread * integer(command, 14)),
  );
  const block = c + (<usize>(row * columns + column) << 2);
  activateRows(
    integer(command, 15),
    fraction(command, 0),
    block,
    <usize>columns << 2,
    rowEnd - row,
    columnEnd - column,
  );
}

/** Where a share begins, of `count` things dealt out as evenly as can be. */
// @ts-ignore: decorator
@inline
function startOfShare(count: i32, share: i32, shares: i32): i32 {
  return (count * share) / shares;
}

/**
 * The rows `row` to `rowEnd` and columns `column` to `columnEnd` of C = A · B, or of C += A · B. `column` is a multiple of
 * eight. B lies in panels, or is packed into some here. Scratch holds an edge tile, then those panels, then A packed where it
 * is transposed (see kernels/matrixProduct.ts).
 */
export function multiplyBlock(
  transposed: bool,
  a: usize,
  rowLength: i32,
  layout: i32,
  b: usize,
  bRowLength: i32,
  depth: i32,
  row: i32,
  rowEnd: i32,
  column: i32,
  columnEnd: i32,
  c: usize,
  columns: i32,
  accumulate: bool,
  bias: usize,
  scratch: usize,
): void {
  const aBytes = <usize>rowLength << 2;
  const bBytes = <usize>bRowLength << 2;
  const rows = rowEnd - row;
  const width = columnEnd - column;
  const limit = transposed ? PACKED_DEPTH : DEPTH;
  const parts = (depth + limit - 1) / limit;
  const part = (depth + parts - 1) / parts;
  const ownPanels = scratch + <usize>EDGE_BYTES;
  const packed = layout == AS_PANELS ? ownPanels : panelAt(ownPanels, part, (width + PANEL - 1) & ~(PANEL - 1));
  const out = c + (<usize>(row * columns + column) << 2);
  for (let k = 0; k < depth; k += part) {
    const span = min(part, depth - k);
    let panels = ownPanels;
    if (layout == AS_PANELS) panels = panelAt(b, depth, column) + (<usize>k << 5);
    else if (layout == TRANSPOSED) packTransposed(b + <usize>column * bBytes + (<usize>k << 2), bBytes, span, 0, width, panels);
    else pack(b + <usize>k * bBytes + (<usize>column << 2), bBytes, span, 0, width, panels);
    const panelBytes = <usize>(layout == AS_PANELS ? depth : span) << 5;
    const add = accumulate || k > 0;
    const biasAt = add || bias == 0 ? 0 : bias + (<usize>column << 2);
    if (transposed) {
      packRows(a + <usize>k * aBytes + (<usize>row << 2), aBytes, rows, span, packed);
      const step = <usize>(TILE_ROWS << 2);
      multiplyPanels(packed, 4, step, blockBytes(span), panels, panelBytes, span, rows, width, out, columns, add, biasAt, scratch);
    } else {
      const from = a + <usize>row * aBytes + (<usize>k << 2);
      multiplyPanels(from, aBytes, 4, 0, panels, panelBytes, span, rows, width, out, columns, add, biasAt, scratch);
    }
  }
}

/**
 * C = A · B or C += A · B over one stretch of the inner dimension. The number of A in row r for step k lies at
 * a + r · rowBytes + k · stepBytes; where `tileBytes` is not 0, every tile of rows begins so far after the one before.
 * Panels of B are `panelBytes` apart, rows of C `rowLength` numbers. `edge` has room for a tile.
 */
export function multiplyPanels(
  a: usize,
  rowBytes: usize,
  stepBytes: usize,
  tileBytes: usize,
  panels: usize,
  panelBytes: usize,
  depth: i32,
  rows: i32,
  columns: i32,
  c: usize,
  rowLength: i32,
  add: bool,
  bias: usize,
  edge: usize,
): void {
  const cBytes = <usize>rowLength << 2;
  const tiles = tilesOf(rows);
  // A tile's rows of A stay in the first-level cache while the panels of B go by, which lie in the order they are read.
  let block = a;
  let firstOut = c;
  for (let index = 0; index < tiles; index++) {
    const height = heightOf(index, tiles, rows);
    let panel = panels;
    let out = firstOut;
    let biasAt = bias;
    for (let column = 0; column < columns; column += PANEL) {
      const count = min(PANEL, columns - column);
      if (count == PANEL) {
        tile(height, depth, block, rowBytes, stepBytes, panel, out, cBytes, add, biasAt);
      } else {
        enterEdge(out, cBytes, edge, height, count, add, biasAt);
        tile(height, depth, block, rowBytes, stepBytes, panel, edge, 32, true, 0);
        leaveEdge(out, cBytes, edge, height, count);
      }
      panel += panelBytes;
      out += PANEL << 2;
      if (biasAt != 0) biasAt += PANEL << 2;
    }
    block += tileBytes == 0 ? <usize>height * rowBytes : tileBytes;
    firstOut += <usize>height * cBytes;
  }
}

/** Brings into a full tile what an edge tile starts from. */
function enterEdge(c: usize, cBytes: usize, tile: usize, height: i32, count: i32, add: bool, bias: usize): void {
  for (let r = 0; r < height; r++) {
    for (let lane = 0; lane < count; lane++) {
      const offset = <usize>lane << 2;
      const value = add ? load<f32>(c + <usize>r * cBytes + offset) : bias == 0 ? <f32>0 : load<f32>(bias + offset);
      store<f32>(tile + (<usize>r << 5) + offset, value);
    }
  }
}

function leaveEdge(c: usize, cBytes: usize, tile: usize, height: i32, count: i32): void {
  for (let r = 0; r < height; r++) {
    for (let lane = 0; lane < count; lane++) {
      const offset = <usize>lane << 2;
      store<f32>(c + <usize>r * cBytes + offset, load<f32>(tile + (<usize>r << 5) + offset));
    }
  }
}
