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

/** How a tile finds A: "rows" walks rows of it, "columns" reads a packed block [depth, most rows]. */
type Layout = "rows" | "columns";

function join(lines: Lines): string {
  return typeof lines === "string" ? lines : lines.map(join).filter(Boolean).join("\n");
}

/** A line for every register of a tile. */
function cells(rows: number, write: (row: number, column: number) => string): Lines {
  return range(rows).map((row) => range(REGISTERS).map((column) => write(row, column)));
}

/** One tile: `rows` rows of C by eight columns, kept in registers while `depth` numbers of A and a panel of B go by. */
function tile(rows: number, mostRows: number, layout: Layout): string {
  const fromRows = layout === "rows";
  const aBytes = fromRows ? "aBytes: usize, " : "";
  const a = (row: number) =>
    fromRows ? `v128.load32_splat(a${String(row)})` : `v128.load32_splat(a, ${String(row * 4)})`;
  const c = (row: number, column: number) => `c${String(row)}${String(column)}`;
  const multiplyAdd = (row: number, column: number) =>
    `${c(row, column)} = multiplyAdd(x${String(row)}, b${String(column)}, ${c(row, column)});`;
  const at = (column: number) => String(column * 16);
  return join([
    `function ${layout}${String(rows)}(depth: i32, a: usize, ${aBytes}b: usize, c: usize, cBytes: usize, add: i32, bias: usize): void {`,
    cells(rows, (row, column) => `let ${c(row, column)} = f32x4.splat(0);`),
    range(rows).map((row) => `const out${String(row)} = c + cBytes * ${String(row)};`),
    "if (add) {",
    cells(rows, (row, column) => `${c(row, column)} = v128.load(out${String(row)}, ${at(column)});`),
    "} else if (bias) {",
    cells(rows, (row, column) => `${c(row, column)} = v128.load(bias, ${at(column)});`),
    "}",
    fromRows ? range(rows).map((row) => `let a${String(row)} = a + aBytes * ${String(row)};`) : [],
    "for (let k = depth; k > 0; k--) {",
    range(REGISTERS).map((column) => `const b${String(column)} = v128.load(b, ${at(column)});`),
    range(rows).map((row) => [
      `const x${String(row)} = ${a(row)};`,
      range(REGISTERS).map((column) => multiplyAdd(row, column)),
    ]),
    `b += ${String(REGISTERS * 16)};`,
    fromRows ? range(rows).map((row) => `a${String(row)} += 4;`) : `a += ${String(mostRows * 4)};`,
    "}",
    cells(rows, (row, column) => `v128.store(out${String(row)}, ${c(row, column)}, ${at(column)});`),
    "}",
  ]);
}

/** Chooses the tile of the right height. */
function chooser(name: string, mostRows: number, layout: Layout): string {
  const aBytes = layout === "rows" ? "aBytes, " : "";
  const declared = layout === "rows" ? "aBytes: usize, " : "";
  return join([
    `export function ${name}(rows: i32, depth: i32, a: usize, ${declared}b: usize, c: usize, cBytes: usize, add: i32, bias: usize): void {`,
    range(mostRows)
      .map((index) => mostRows - index)
      .map(
        (rows) =>
          `if (rows == ${String(rows)}) return ${layout}${String(rows)}(depth, a, ${aBytes}b, c, cBytes, add, bias);`,
      ),
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

/** The source of assembly/tiles: `tilesOf`, `heightOf`, `blockBytes`, `tileOfRows`, `tileOfColumns` and `packRows`. */
export function tilesSource(relaxed: boolean): string {
  const mostRows = tileRows(relaxed);
  return join([
    'import { multiplyAdd } from "./command";',
    `export const TILE_ROWS: i32 = ${String(mostRows)};`,
    range(mostRows).map((index) => [tile(index + 1, mostRows, "rows"), tile(index + 1, mostRows, "columns")]),
    chooser("tileOfRows", mostRows, "rows"),
    chooser("tileOfColumns", mostRows, "columns"),
    sharing(mostRows),
    packer(mostRows),
  ]);
}
