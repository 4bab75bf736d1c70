/** Writes the register-blocked tiles of the matrix product as AssemblyScript. It must not know how they are compiled. */

/** Columns of a tile, in registers: a panel of B. */
const REGISTERS = 2;
/** Numbers in a register. */
const LANES = 4;

/**
 * Rows of a tile. Two multiply-adds a cycle, four cycles long, are kept busy by eight sums; twelve spare loads, and with
 * two registers for B and one for A they are all that a browser's compiler hands out. Where a multiply-add is two
 * instructions, their products need registers too.
 */
function tileRows(relaxed: boolean): number {
  return relaxed ? 6 : 4;
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
/** Lines, in groups as deep as it is handy to write them. */
type Lines = string | readonly Lines[];

function join(lines: Lines): string {
  return typeof lines === "string" ? lines : lines.map(join).filter(Boolean).join("\n");
}

/** A line for every register of a tile. */
function cells(rows: number, write: (row: number, column: number) => string): Lines {
  return range(rows).map((row) => range(REGISTERS).map((column) => write(row, column)));
}

/**
 * One tile: `rows` rows of C by eight columns, kept in registers while `depth` numbers of A and a panel of B go by. The number
 * of A in row r for step k lies at a + r · rowBytes + k · stepBytes.
 */
function tile(rows: number): string {
  const c = (row: number, column: number) => `c${String(row)}${String(column)}`;
  const multiplyAdd = (row: number, column: number) =>
    `${c(row, column)} = multiplyAdd(x${String(row)}, b${String(column)}, ${c(row, column)});`;
  const at = (column: number) => String(column * LANES * 4);
  return join([
    `function tile${String(rows)}(${TILE_PARAMETERS}): void {`,
    cells(rows, (row, column) => `let ${c(row, column)} = f32x4.splat(0);`),
    range(rows).map((row) => `const out${String(row)} = c + cBytes * ${String(row)};`),
    "if (add) {",
    cells(rows, (row, column) => `${c(row, column)} = v128.load(out${String(row)}, ${at(column)});`),
    "} else if (bias) {",
    cells(rows, (row, column) => `${c(row, column)} = v128.load(bias, ${at(column)});`),
    "}",
    range(rows).map((row) => `let a${String(row)} = a + rowBytes * ${String(row)};`),
    "for (let k = depth; k > 0; k--) {",
    range(REGISTERS).map((column) => `const b${String(column)} = v128.load(b, ${at(column)});`),
    range(rows).map((row) => [
      `const x${String(row)} = v128.load32_splat(a${String(row)});`,
      range(REGISTERS).map((column) => multiplyAdd(row, column)),
    ]),
    `b += ${String(REGISTERS * LANES * 4)};`,
    range(rows).map((row) => `a${String(row)} += stepBytes;`),
    "}",
    cells(rows, (row, column) => `v128.store(out${String(row)}, ${c(row, column)}, ${at(column)});`),
    "}",
  ]);
}

const TILE_PARAMETERS =
  "depth: i32, a: usize, rowBytes: usize, stepBytes: usize, b: usize, c: usize, cBytes: usize, add: bool, bias: usize";
const TILE_ARGUMENTS = "depth, a, rowBytes, stepBytes, b, c, cBytes, add, bias";

/** Chooses the tile of the right height. */
function chooser(mostRows: number): string {
  const heights = range(mostRows).map((index) => String(mostRows - index));
  return join([
    `export function tile(rows: i32, ${TILE_PARAMETERS}): void {`,
    heights.map((rows) => `if (rows == ${rows}) return tile${rows}(${TILE_ARGUMENTS});`),
    "}",
  ]);
}

/**
 * Packs rows of a transposed A, [depth, rows] as it lies, into blocks [depth, most rows] for the tiles: whole registers at a
 * time, which reads up to a register beyond a row and writes as far beyond a block.
 */
function packer(mostRows: number): string {
  const step = String(mostRows * 4);
  const registers = range(Math.ceil(mostRows / LANES)).map((register) => String(register * LANES * 4));
  return `
export function packRows(a: usize, aBytes: usize, rows: i32, depth: i32, packed: usize): void {
  const tiles = tilesOf(rows);
  for (let k = 0; k < depth; k++) {
    let from = a + <usize>k * aBytes;
    let to = packed + <usize>k * ${step};
    for (let tile = 0; tile < tiles; tile++) {
      ${registers.map((at) => `v128.store(to, v128.load(from, ${at}), ${at});`).join("\n      ")}
      from += <usize>heightOf(tile, tiles, rows) << 2;
      to += blockBytes(depth);
    }
  }
}`;
}

/** Shares rows among tiles as evenly as whole rows can be, since a low tile is a slow one. */
function sharing(mostRows: number): string {
  const beyond = Math.ceil(mostRows / LANES) * LANES - mostRows;
  return `
export function tilesOf(rows: i32): i32 {
  return (rows + ${String(mostRows - 1)}) / ${String(mostRows)};
}

// @ts-ignore: decorator
@inline
export function heightOf(tile: i32, tiles: i32, rows: i32): i32 {
  return rows / tiles + (tile < rows % tiles ? 1 : 0);
}

// @ts-ignore: decorator
@inline
export function blockBytes(depth: i32): usize {
  return <usize>depth * ${String(mostRows * 4)} + ${String(beyond * 4)};
}`;
}

/** The source of assembly/tiles: `tile`, `tilesOf`, `heightOf`, `blockBytes` and `packRows`. */
export function tilesSource(relaxed: boolean): string {
  const mostRows = tileRows(relaxed);
  return join([
    'import { multiplyAdd } from "./command";',
    `export const TILE_ROWS: i32 = ${String(mostRows)};`,
    range(mostRows).map((index) => tile(index + 1)),
    chooser(mostRows),
    sharing(mostRows),
    packer(mostRows),
  ]);
}
