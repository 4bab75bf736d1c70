// Matrix products: panels of B, blocks of A, and the register-blocked tiles between them.
import { PANEL } from "../opcodes";
import { activateRows } from "./activation";
import { address, fraction, integer } from "./command";
import { blockBytes, heightOf, packRows, tileOfColumns, tileOfRows, tilesOf } from "./tiles";

/** Bytes at the start of a thread's scratch that hold one tile at the right edge. */
export const EDGE_BYTES: i32 = 512;
/** The longest stretch of the inner dimension handled at once, for A as it lies and for A packed. */
const DEPTH: i32 = 1024;
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
 * Integers: transposed, rows, columns, depth, A, rowLength of A, panels of B, C, bias or 0, rows a task, columns a task,
 * scratch, scratch bytes a thread, kind of activation. Fractions: alpha.
 */
export function multiply(command: usize, task: i32, thread: i32): void {
  const transposed = integer(command, 0) != 0;
  const rows = integer(command, 1);
  const columns = integer(command, 2);
  const depth = integer(command, 3);
  const rowsPerTask = integer(command, 9);
  const columnsPerTask = integer(command, 10);
  const columnTasks = (columns + columnsPerTask - 1) / columnsPerTask;
  const row = (task / columnTasks) * rowsPerTask;
  const column = (task % columnTasks) * columnsPerTask;
  const rowEnd = min(rows, row + rowsPerTask);
  const columnEnd = min(columns, column + columnsPerTask);
  const c = address(command, 7);
  multiplyBlock(
    transposed,
    address(command, 4),
    integer(command, 5),
    address(command, 6),
    depth,
    row,
    rowEnd,
    column,
    columnEnd,
    c,
    columns,
    false,
    address(command, 8),
    address(command, 11) + <usize>(thread * integer(command, 12)),
  );
  const block = c + (<usize>(row * columns + column) << 2);
  activateRows(
    integer(command, 13),
    fraction(command, 0),
    block,
    <usize>columns << 2,
    rowEnd - row,
    columnEnd - column,
  );
}

/**
 * The rows `row` to `rowEnd` and columns `column` to `columnEnd` of C = A · B, or of C += A · B. `column` is a multiple of
 * eight. Scratch holds an edge tile and, where A is transposed, (rows + 8) · PACKED_DEPTH numbers.
 */
export function multiplyBlock(
  transposed: bool,
  a: usize,
  rowLength: i32,
  panels: usize,
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
  const cBytes = <usize>columns << 2;
  const packed = scratch + <usize>EDGE_BYTES;
  const limit = transposed ? PACKED_DEPTH : DEPTH;
  const tiles = tilesOf(rowEnd - row);
  const parts = (depth + limit - 1) / limit;
  const part = (depth + parts - 1) / parts;
  for (let k = 0; k < depth; k += part) {
    const span = min(part, depth - k);
    const add = accumulate || k > 0;
    const firstBias = add ? 0 : bias;
    if (transposed) packRows(a + <usize>k * aBytes + (<usize>row << 2), aBytes, rowEnd - row, span, packed);
    for (let n = column; n < columnEnd; n += PANEL) {
      const panel = panelAt(panels, depth, n) + (<usize>k << 5);
      const count = min(PANEL, columnEnd - n);
      const biasAt = firstBias == 0 ? 0 : firstBias + (<usize>n << 2);
      let block = packed;
      let m = row;
      for (let tile = 0; tile < tiles; tile++) {
        const height = heightOf(tile, tiles, rowEnd - row);
        const out = c + <usize>m * cBytes + (<usize>n << 2);
        const edge = count < PANEL;
        const target = edge ? scratch : out;
        const targetBytes: usize = edge ? 32 : cBytes;
        if (edge) enterEdge(out, cBytes, scratch, height, count, add, biasAt);
        const start: i32 = edge || add ? 1 : 0;
        if (transposed) {
          tileOfColumns(height, span, block, panel, target, targetBytes, start, biasAt);
          block += blockBytes(span);
        } else {
          const rowAt = a + <usize>m * aBytes + (<usize>k << 2);
          tileOfRows(height, span, rowAt, aBytes, panel, target, targetBytes, start, biasAt);
        }
        if (edge) leaveEdge(out, cBytes, scratch, height, count);
        m += height;
      }
    }
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
