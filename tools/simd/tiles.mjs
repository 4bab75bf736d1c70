/** Writes the register-blocked tiles of the matrix product as AssemblyScript. It must not know how they are compiled. */

const REGISTERS = 2;
const UNROLL = 2;

const range = (count) => Array.from({ length: count }, (_, index) => index);
const join = (lines) => lines.flat(Infinity).join("\n");
const cells = (rows, write) => range(rows).map((row) => range(REGISTERS).map((column) => write(row, column)));

/**
 * One tile: `rows` rows of C by eight columns, kept in registers while `depth` numbers of A and a panel of B go by.
 * `layout` says how A lies: "rows" walks `rows` rows, "columns" reads a packed block [depth, tileRows].
 */
function tile(rows, layout, tileRows) {
  const fromRows = layout === "rows";
  const parameters = [
    "depth: i32, a: usize",
    fromRows ? "aBytes: usize, " : "",
    "b: usize, c: usize, cBytes: usize, add: i32, bias: usize",
  ];
  const step = (offset) => [
    range(REGISTERS).map((column) => `const b${offset}${column} = v128.load(b, ${offset * 32 + column * 16});`),
    range(rows).map((row) => [
      fromRows
        ? `const a${offset}${row} = v128.load32_splat(a${row}, ${offset * 4});`
        : `const a${offset}${row} = v128.load32_splat(a, ${(offset * tileRows + row) * 4});`,
      range(REGISTERS).map(
        (column) => `c${row}${column} = multiplyAdd(a${offset}${row}, b${offset}${column}, c${row}${column});`,
      ),
    ]),
  ];
  const advance = (steps) => [
    `b += ${steps * 32};`,
    fromRows ? range(rows).map((row) => `a${row} += ${steps * 4};`) : `a += ${steps * tileRows * 4};`,
    `k -= ${steps};`,
  ];
  return join([
    `function ${layout}${rows}(${parameters[0]}, ${parameters[1]}${parameters[2]}): void {`,
    cells(rows, (row, column) => `let c${row}${column} = f32x4.splat(0);`),
    range(rows).map((row) => `const out${row} = c + cBytes * ${row};`),
    "if (add) {",
    cells(rows, (row, column) => `c${row}${column} = v128.load(out${row}, ${column * 16});`),
    "} else if (bias) {",
    cells(rows, (row, column) => `c${row}${column} = v128.load(bias, ${column * 16});`),
    "}",
    fromRows ? range(rows).map((row) => `let a${row} = a + aBytes * ${row};`) : [],
    "let k = depth;",
    `while (k >= ${UNROLL}) {`,
    range(UNROLL).map(step),
    advance(UNROLL),
    "}",
    "while (k > 0) {",
    step(0),
    advance(1),
    "}",
    cells(rows, (row, column) => `v128.store(out${row}, c${row}${column}, ${column * 16});`),
    "}",
  ]);
}

/** Chooses the tile of the right height. */
function chooser(name, layout, tileRows) {
  const aBytes = layout === "rows" ? "aBytes, " : "";
  const declared = layout === "rows" ? "aBytes: usize, " : "";
  return join([
    `export function ${name}(rows: i32, depth: i32, a: usize, ${declared}b: usize, c: usize, cBytes: usize, add: i32, bias: usize): void {`,
    range(tileRows)
      .map((index) => tileRows - index)
      .map((rows) => `if (rows == ${rows}) return ${layout}${rows}(depth, a, ${aBytes}b, c, cBytes, add, bias);`),
    "}",
  ]);
}

/** Packs rows of a transposed A, [depth, rows] as it lies, into blocks [depth, tileRows] for the tiles. */
function packer(tileRows) {
  const copies = [];
  let offset = 0;
  for (; tileRows - offset >= 4; offset += 4)
    copies.push(`v128.store(to, v128.load(from, ${offset * 4}), ${offset * 4});`);
  for (; tileRows - offset >= 2; offset += 2)
    copies.push(`store<u64>(to, load<u64>(from, ${offset * 4}), ${offset * 4});`);
  return `
export function packRows(a: usize, aBytes: usize, rows: i32, depth: i32, packed: usize): void {
  const blockBytes = <usize>depth * ${tileRows * 4};
  for (let k = 0; k < depth; k++) {
    let from = a + <usize>k * aBytes;
    let to = packed + <usize>k * ${tileRows * 4};
    let rest = rows;
    for (; rest >= ${tileRows}; rest -= ${tileRows}) {
      ${copies.join("\n")}
      from += ${tileRows * 4};
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
export function tilesSource(tileRows) {
  return join([
    'import { multiplyAdd } from "./command";',
    `export const TILE_ROWS: i32 = ${tileRows};`,
    range(tileRows).map((index) => [tile(index + 1, "rows", tileRows), tile(index + 1, "columns", tileRows)]),
    chooser("tileOfRows", "rows", tileRows),
    chooser("tileOfColumns", "columns", tileRows),
    packer(tileRows),
  ]);
}
