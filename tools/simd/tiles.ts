/** Writes the register-blocked tiles of the matrix product as AssemblyScript. It must not know how they are compiled. */

const REGISTERS = 2;
const UNROLL = 2;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
/** Lines, in groups as deep as it is handy to write them. */
type Lines = string | readonly Lines[];

/** How a tile finds A: "rows" walks rows of it, "columns" reads a packed block [depth, tileRows]. */
type Layout = "rows" | "columns";

function join(lines: Lines): string {
  return typeof lines === "string" ? lines : lines.map(join).filter(Boolean).join("\n");
}

/** A line for every register of a tile. */
function cells(rows: number, write: (row: number, column: number) => string): Lines {
  return range(rows).map((row) => range(REGISTERS).map((column) => write(row, column)));
}

/** One tile: `rows` rows of C by eight columns, kept in registers while `depth` numbers of A and a panel of B go by. */
function tile(rows: number, layout: Layout, tileRows: number): string {
  const fromRows = layout === "rows";
  const aBytes = fromRows ? "aBytes: usize, " : "";
  const step = (offset: number): Lines => [
    range(REGISTERS).map(
      (column) => `const b${String(offset)}${String(column)} = v128.load(b, ${String(offset * 32 + column * 16)});`,
    ),
    range(rows).map((row) => [
      fromRows
        ? `const a${String(offset)}${String(row)} = v128.load32_splat(a${String(row)}, ${String(offset * 4)});`
        : `const a${String(offset)}${String(row)} = v128.load32_splat(a, ${String((offset * tileRows + row) * 4)});`,
      range(REGISTERS).map(
        (column) =>
          `c${String(row)}${String(column)} = multiplyAdd(a${String(offset)}${String(row)}, b${String(offset)}${String(column)}, c${String(row)}${String(column)});`,
      ),
    ]),
  ];
  const advance = (steps: number): Lines => [
    `b += ${String(steps * 32)};`,
    fromRows
      ? range(rows).map((row) => `a${String(row)} += ${String(steps * 4)};`)
      : `a += ${String(steps * tileRows * 4)};`,
    `k -= ${String(steps)};`,
  ];
  return join([
    `function ${layout}${String(rows)}(depth: i32, a: usize, ${aBytes}b: usize, c: usize, cBytes: usize, add: i32, bias: usize): void {`,
    cells(rows, (row, column) => `let c${String(row)}${String(column)} = f32x4.splat(0);`),
    range(rows).map((row) => `const out${String(row)} = c + cBytes * ${String(row)};`),
    "if (add) {",
    cells(
      rows,
      (row, column) => `c${String(row)}${String(column)} = v128.load(out${String(row)}, ${String(column * 16)});`,
    ),
    "} else if (bias) {",
    cells(rows, (row, column) => `c${String(row)}${String(column)} = v128.load(bias, ${String(column * 16)});`),
    "}",
    fromRows ? range(rows).map((row) => `let a${String(row)} = a + aBytes * ${String(row)};`) : [],
    "let k = depth;",
    `while (k >= ${String(UNROLL)}) {`,
    range(UNROLL).map(step),
    advance(UNROLL),
    "}",
    "while (k > 0) {",
    step(0),
    advance(1),
    "}",
    cells(
      rows,
      (row, column) => `v128.store(out${String(row)}, c${String(row)}${String(column)}, ${String(column * 16)});`,
    ),
    "}",
  ]);
}

/** Chooses the tile of the right height. */
function chooser(name: string, layout: Layout, tileRows: number): string {
  const aBytes = layout === "rows" ? "aBytes, " : "";
  const declared = layout === "rows" ? "aBytes: usize, " : "";
  return join([
    `export function ${name}(rows: i32, depth: i32, a: usize, ${declared}b: usize, c: usize, cBytes: usize, add: i32, bias: usize): void {`,
    range(tileRows)
      .map((index) => tileRows - index)
      .map(
        (rows) =>
          `if (rows == ${String(rows)}) return ${layout}${String(rows)}(depth, a, ${aBytes}b, c, cBytes, add, bias);`,
      ),
    "}",
  ]);
}

/** Packs rows of a transposed A, [depth, rows] as it lies, into blocks [depth, tileRows] for the tiles. */
function packer(tileRows: number): string {
  const copies: string[] = [];
  let offset = 0;
  for (; tileRows - offset >= 4; offset += 4)
    copies.push(`v128.store(to, v128.load(from, ${String(offset * 4)}), ${String(offset * 4)});`);
  for (; tileRows - offset >= 2; offset += 2)
    copies.push(`store<u64>(to, load<u64>(from, ${String(offset * 4)}), ${String(offset * 4)});`);
  return `
export function packRows(a: usize, aBytes: usize, rows: i32, depth: i32, packed: usize): void {
  const blockBytes = <usize>depth * ${String(tileRows * 4)};
  for (let k = 0; k < depth; k++) {
    let from = a + <usize>k * aBytes;
    let to = packed + <usize>k * ${String(tileRows * 4)};
    let rest = rows;
    for (; rest >= ${String(tileRows)}; rest -= ${String(tileRows)}) {
      ${copies.join("\n")}
      from += ${String(tileRows * 4)};
      to += blockBytes;
    }
    for (let row = 0; row < rest; row++) store<f32>(to + (<usize>row << 2), load<f32>(from + (<usize>row << 2)));
  }
}`;
}

/**
 * The source of assembly/tiles: `tileOfRows`, `tileOfColumns` and `packRows` for tiles of `tileRows` (4 or 6) rows.
 * Six rows by two registers, with two of B and one of A, fill the sixteen that x86 has; without a fused multiply-add the
 * product needs one more, and four rows are faster.
 */
export function tilesSource(tileRows: number): string {
  return join([
    'import { multiplyAdd } from "./command";',
    `export const TILE_ROWS: i32 = ${String(tileRows)};`,
    range(tileRows).map((index) => [tile(index + 1, "rows", tileRows), tile(index + 1, "columns", tileRows)]),
    chooser("tileOfRows", "rows", tileRows),
    chooser("tileOfColumns", "columns", tileRows),
    packer(tileRows),
  ]);
}
