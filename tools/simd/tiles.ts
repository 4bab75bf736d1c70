/** Writes the register-blocked tiles of the matrix product as AssemblyScript. It must not know how they are compiled. */

/**
 * Four rows by two registers: eight sums are what two multiply-adds a cycle, four cycles long, keep busy, and they leave
 * registers for what a browser's compiler holds besides. Measured in V8, six rows, or two steps at a time, take half as long
 * again, because some of their sums go through memory.
 */
const TILE_ROWS = 4;
const REGISTERS = 2;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
/** Lines, in groups as deep as it is handy to write them. */
type Lines = string | readonly Lines[];

/** How a tile finds A: "rows" walks rows of it, "columns" reads a packed block [depth, TILE_ROWS]. */
type Layout = "rows" | "columns";

function join(lines: Lines): string {
  return typeof lines === "string" ? lines : lines.map(join).filter(Boolean).join("\n");
}

/** A line for every register of a tile. */
function cells(rows: number, write: (row: number, column: number) => string): Lines {
  return range(rows).map((row) => range(REGISTERS).map((column) => write(row, column)));
}

/** One tile: `rows` rows of C by eight columns, kept in registers while `depth` numbers of A and a panel of B go by. */
function tile(rows: number, layout: Layout): string {
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
    fromRows ? range(rows).map((row) => `a${String(row)} += 4;`) : `a += ${String(TILE_ROWS * 4)};`,
    "}",
    cells(rows, (row, column) => `v128.store(out${String(row)}, ${c(row, column)}, ${at(column)});`),
    "}",
  ]);
}

/** Chooses the tile of the right height. */
function chooser(name: string, layout: Layout): string {
  const aBytes = layout === "rows" ? "aBytes, " : "";
  const declared = layout === "rows" ? "aBytes: usize, " : "";
  return join([
    `export function ${name}(rows: i32, depth: i32, a: usize, ${declared}b: usize, c: usize, cBytes: usize, add: i32, bias: usize): void {`,
    range(TILE_ROWS)
      .map((index) => TILE_ROWS - index)
      .map(
        (rows) =>
          `if (rows == ${String(rows)}) return ${layout}${String(rows)}(depth, a, ${aBytes}b, c, cBytes, add, bias);`,
      ),
    "}",
  ]);
}

/** Packs rows of a transposed A, [depth, rows] as it lies, into blocks [depth, TILE_ROWS] for the tiles. */
function packer(): string {
  return `
export function packRows(a: usize, aBytes: usize, rows: i32, depth: i32, packed: usize): void {
  const blockBytes = <usize>depth * ${String(TILE_ROWS * 4)};
  for (let k = 0; k < depth; k++) {
    let from = a + <usize>k * aBytes;
    let to = packed + <usize>k * ${String(TILE_ROWS * 4)};
    let rest = rows;
    for (; rest >= ${String(TILE_ROWS)}; rest -= ${String(TILE_ROWS)}) {
      v128.store(to, v128.load(from));
      from += ${String(TILE_ROWS * 4)};
      to += blockBytes;
    }
    for (let row = 0; row < rest; row++) store<f32>(to + (<usize>row << 2), load<f32>(from + (<usize>row << 2)));
  }
}`;
}

/** The source of assembly/tiles: `tileOfRows`, `tileOfColumns` and `packRows`. */
export function tilesSource(): string {
  return join([
    'import { multiplyAdd } from "./command";',
    `export const TILE_ROWS: i32 = ${String(TILE_ROWS)};`,
    range(TILE_ROWS).map((index) => [tile(index + 1, "rows"), tile(index + 1, "columns")]),
    chooser("tileOfRows", "rows"),
    chooser("tileOfColumns", "columns"),
    packer(),
  ]);
}
