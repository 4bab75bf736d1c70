/**
 * Writes the WGSL of a matrix product in which every thread keeps a block of the result in registers and meets no
 * barrier. It must not know where the factors come from, nor what becomes of the result.
 */
import type { Element } from "./activation.wgsl.ts";
import { divisorAtMost, type Block, type Tile } from "./tiles.ts";

/** [rows, depth] · [depth, columns]; a transposed factor is stored the other way round. */
export interface ProductShape {
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly leftTransposed: boolean;
  readonly rightTransposed: boolean;
}

export interface ProductWgsl {
  /** Element types of the three buffers. */
  readonly left: Element;
  readonly right: Element;
  readonly result: Element;
  readonly threads: number;
  /** Whether neighbours hand numbers to each other, for which a kernel has to ask. */
  readonly exchanges: boolean;
  /**
   * `fn product(i: u32)`. It reads by `left(index)` and `right(index)`, in elements of their types, and calls
   * `finish(column, index, sum)` with the place in elements of the result's type; the caller defines these.
   */
  readonly code: string;
}

const LANES = ["x", "y", "z", "w"] as const;

/** What a thread of four gets from the neighbour whose number differs from its own in these bits. */
const SWAPS = ["", "quadSwapX", "quadSwapY", "quadSwapDiagonal"] as const;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** Products of all shapes; those whose columns, or depth, are no multiple of four are read number by number. */
export function matrixProduct(shape: ProductShape, tile: Tile): ProductWgsl {
  const { rows, depth, columns, leftTransposed, rightTransposed } = shape;
  const result = columns % 4 === 0 ? "vec4f" : "f32";
  // A transposed left factor is read along its rows, four at once.
  const left = (leftTransposed ? rows : depth) % 4 === 0 ? "vec4f" : "f32";
  const right = rightTransposed ? (depth % 4 === 0 ? "vec4f" : "f32") : result;
  const elements = { left, right, result } as const;
  const blocking = blockOfFour(shape, elements, tile.quad) ?? blockOfOne(shape, elements, tile);

  const { columnBlocks } = blocking;
  const rowBlocks = Math.ceil(rows / blocking.rows);
  const writer = new ProductWriter(shape, blocking);
  const code = `
fn product(i: u32) {
  let column = (i % ${String(columnBlocks)}u) * ${String(blocking.vectors)}u;
  let row = (i / ${String(columnBlocks)}u) * ${String(blocking.rows)}u;
  ${writer.rowIndices()}
  ${writer.declareSums()}
  for (var k = 0u; k < ${String(depth)}u; k += ${String(blocking.stride)}u) {
    ${writer.loadRight()}
    ${writer.multiply()}
  }
  ${writer.finish()}
}`;
  return { left, right, result, threads: columnBlocks * rowBlocks, exchanges: blocking.exchanges, code };
}

/** How the buffers are read. */
interface Elements {
  readonly left: Element;
  readonly right: Element;
  readonly result: Element;
}

interface Blocking extends Elements, Block {
  /** Steps of depth in one turn of the loop. */
  readonly stride: number;
  /** Threads side by side; those past the last column compute it again. */
  readonly columnBlocks: number;
  /** Whether each of four neighbours reads a quarter of the rows that all of them need. */
  readonly exchanges: boolean;
}

function lanesOf(element: Element): number {
  return element === "vec4f" ? 4 : 1;
}

/** A thread by itself. */
function blockOfOne(shape: ProductShape, elements: Elements, block: Block): Blocking {
  const { rows, depth, columns, leftTransposed } = shape;
  const readsFourRows = leftTransposed && elements.left === "vec4f";
  const width = columns / lanesOf(elements.result);
  const vectors = divisorAtMost(block.vectors, width);
  return {
    ...elements,
    rows: readsFourRows ? divisorAtMost(block.rows / 4, rows / 4) * 4 : Math.min(block.rows, rows),
    vectors,
    stride: depth % 4 === 0 ? 4 : 1,
    columnBlocks: width / vectors,
    exchanges: false,
  };
}

/** Four neighbours on the same rows; null where the shape leaves no columns to some of them, or too few rows to share. */
function blockOfFour(shape: ProductShape, elements: Elements, block: Block | undefined): Blocking | null {
  if (block === undefined || (shape.leftTransposed && elements.left === "f32")) return null;
  const width = shape.columns / lanesOf(elements.result);
  const least = 4 * (shape.leftTransposed ? 4 : 1);
  const vectors = vectorsOfFour(width, block.vectors);
  if (vectors === 0 || shape.rows < least) return null;
  return {
    ...elements,
    rows: Math.min(block.rows, Math.ceil(shape.rows / least) * least),
    vectors,
    stride: strideOf(shape.depth),
    columnBlocks: roundUp(width, 4 * vectors) / vectors,
    exchanges: true,
  };
}

/** A turn of eight steps writes a sum half as often as one of four. */
function strideOf(depth: number): number {
  return [8, 4].find((steps) => depth % steps === 0) ?? 1;
}

/** How much more columns than there are four neighbours may compute. */
const MOST_SPARE = 1 / 32;

/** Vectors of columns that each of four neighbours computes, so that they nearly come out even; 0 where they do not. */
function vectorsOfFour(width: number, most: number): number {
  for (let vectors = most; vectors > 0; vectors--) {
    if (roundUp(width, 4 * vectors) <= width * (1 + MOST_SPARE)) return vectors;
  }
  return 0;
}

function roundUp(count: number, unit: number): number {
  return Math.ceil(count / unit) * unit;
}

/** The parts of a product's loop, unrolled over the block. */
class ProductWriter {
  readonly #shape: ProductShape;
  readonly #blocking: Blocking;
  readonly #rows: readonly number[];
  readonly #vectors: readonly number[];
  readonly #steps: readonly number[];
  readonly #lanes: number;

  constructor(shape: ProductShape, blocking: Blocking) {
    this.#shape = shape;
    this.#blocking = blocking;
    this.#rows = range(blocking.rows);
    this.#vectors = range(blocking.vectors);
    this.#steps = range(blocking.stride);
    this.#lanes = lanesOf(blocking.result);
  }

  get #hasTail(): boolean {
    return this.#shape.rows % this.#blocking.rows !== 0;
  }

  /** Columns, in elements of the result. */
  get #width(): number {
    return this.#shape.columns / this.#lanes;
  }

  get #hasColumnTail(): boolean {
    return this.#blocking.columnBlocks * this.#blocking.vectors !== this.#width;
  }

  /** Where a vector of the right factor is read; past the end it is the last one, and only `finish` knows. */
  #columnRead(vector: number): string {
    const column = `column + ${String(vector)}u`;
    return this.#hasColumnTail ? `min(${column}, ${String(this.#width - 1)}u)` : column;
  }

  /** Rows that one read of the left factor brings. */
  get #rowsRead(): number {
    return this.#shape.leftTransposed ? lanesOf(this.#blocking.left) : 1;
  }

  /**
   * Of four neighbours, each reads the rows of its own number, and gets those of number ^ 1, number ^ 2 and number ^ 3 from
   * the others: so each has all of them, in an order of its own.
   */
  rowIndices(): string {
    if (!this.#blocking.exchanges)
      return this.#rows.map((row) => `let row${String(row)} = row + ${String(row)}u;`).join(" ");
    const together = this.#rowsRead;
    const indices = this.#rows.map((row) => {
      const reading = Math.floor(row / together);
      const first = String((reading & ~3) * together);
      const own = `(number ^ ${String(reading & 3)}u) * ${String(together)}u`;
      return `let row${String(row)} = row + ${first}u + ${own} + ${String(row % together)}u;`;
    });
    return ["let number = i % 4u;", ...indices].join(" ");
  }

  declareSums(): string {
    const { result } = this.#blocking;
    return this.#rows
      .flatMap((row) => this.#vectors.map((vector) => `var ${sumOf(row, vector)} = ${result}(0);`))
      .join(" ");
  }

  /** The rows of the right factor for all steps of a turn: `rSTEP_VECTOR`. */
  loadRight(): string {
    if (this.#shape.rightTransposed) return this.#loadRightTransposed();
    return this.#each((step, vector) => {
      const place = `(k + ${String(step)}u) * ${String(this.#width)}u + ${this.#columnRead(vector)}`;
      return `let r${String(step)}_${String(vector)} = right(${place});`;
    }).join(" ");
  }

  #loadRightTransposed(): string {
    const { right, result } = this.#blocking;
    const loads = this.#vectors.flatMap((vector) =>
      range(this.#lanes).flatMap((lane) =>
        this.#readings.map((reading) => {
          const row = `(${this.#columnRead(vector)}) * ${String(this.#lanes)}u + ${String(lane)}u`;
          const name = `b${String(reading)}_${String(vector * this.#lanes + lane)}`;
          return `let ${name} = right((${row}) * ${this.#alongDepth(right, reading)});`;
        }),
      ),
    );
    const turned = this.#each((step, vector) => {
      const numbers = range(this.#lanes).map((lane) =>
        this.#ofReading("b", step, String(vector * this.#lanes + lane), right),
      );
      return `let r${String(step)}_${String(vector)} = ${result}(${numbers.join(", ")});`;
    });
    return [...loads, ...turned].join("\n    ");
  }

  /** What one turn reads of a row of a factor that lies along its depth: so many vectors, or a number. */
  get #readings(): readonly number[] {
    return range(Math.ceil(this.#steps.length / 4));
  }

  /** Where a reading begins in such a row. */
  #alongDepth(element: Element, reading: number): string {
    const { depth } = this.#shape;
    return element === "vec4f" ? `${String(depth / 4)}u + k / 4u + ${String(reading)}u` : `${String(depth)}u + k`;
  }

  /** The number for a step of the turn among what was read of such a row. */
  #ofReading(name: string, step: number, row: string, element: Element): string {
    const read = `${name}${String(step >> 2)}_${row}`;
    return element === "vec4f" ? `${read}.${LANES[step & 3] ?? ""}` : read;
  }

  /**
   * The outer products of a turn, row by row: what is read is used at once, and a sum is written once a turn. On a processor
   * registers are few, and every write to a variable costs about as much as a multiplication.
   */
  multiply(): string {
    const { result } = this.#blocking;
    const lines = this.#rows.map((row) => {
      const sums = this.#vectors.map((vector) => {
        const sum = this.#steps.reduce(
          (before, step) =>
            `fma(${result}(${this.#leftValue(row, step)}), r${String(step)}_${String(vector)}, ${before})`,
          sumOf(row, vector),
        );
        return `${sumOf(row, vector)} = ${sum};`;
      });
      return [...this.#loadLeft(row), ...sums].join(" ");
    });
    return lines.join("\n    ");
  }

  finish(): string {
    const width = String(this.#width);
    return this.#rows
      .map((row) => {
        const calls = this.#vectors.map((vector) => {
          const column = `column + ${String(vector)}u`;
          const call = `finish(${column}, row${String(row)} * ${width}u + ${column}, ${sumOf(row, vector)});`;
          return this.#hasColumnTail ? `if (${column} < ${width}u) { ${call} }` : call;
        });
        const guard = this.#hasTail ? `if (row${String(row)} < ${String(this.#shape.rows)}u) ` : "";
        return `${guard}{ ${calls.join(" ")} }`;
      })
      .join("\n  ");
  }

  /** What is read of the left factor before a row's turn, where an earlier row did not bring it. */
  #loadLeft(row: number): readonly string[] {
    if (row % this.#rowsRead !== 0) return [];
    const reading = row / this.#rowsRead;
    // Rows past the end compute the last row again; only `finish` knows.
    const last = String(this.#shape.rows - this.#rowsRead);
    const from = this.#hasTail ? `min(row${String(row)}, ${last}u)` : `row${String(row)}`;
    if (!this.#shape.leftTransposed) {
      return this.#readings.map((along) =>
        this.#readOrSwap(`a${String(along)}_`, reading, `${from} * ${this.#alongDepth(this.#blocking.left, along)}`),
      );
    }
    const width = String(this.#shape.rows / this.#rowsRead);
    return this.#steps.map((step) => {
      const place = `(k + ${String(step)}u) * ${width}u + ${from} / ${String(this.#rowsRead)}u`;
      return this.#readOrSwap(`l${String(step)}_`, reading, place);
    });
  }

  #readOrSwap(name: string, reading: number, place: string): string {
    const swap = this.#blocking.exchanges ? (SWAPS[reading & 3] ?? "") : "";
    const value = swap === "" ? `left(${place})` : `${swap}(${name}${String(reading & ~3)})`;
    return `let ${name}${String(reading)} = ${value};`;
  }

  #leftValue(row: number, step: number): string {
    if (!this.#shape.leftTransposed) {
      return this.#ofReading("a", step, String(row), this.#blocking.left);
    }
    if (this.#blocking.left === "f32") return `l${String(step)}_${String(row)}`;
    return `l${String(step)}_${String(row >> 2)}.${LANES[row & 3] ?? ""}`;
  }

  /** For every step of a turn and every vector of the block. */
  #each(write: (step: number, vector: number) => string): readonly string[] {
    return this.#steps.flatMap((step) => this.#vectors.map((vector) => write(step, vector)));
  }
}

function sumOf(row: number, vector: number): string {
  return `s${String(row)}_${String(vector)}`;
}
