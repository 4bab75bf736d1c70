/**
 * Writes the WGSL of a matrix product in which every thread keeps a block of the result in registers and meets no
 * barrier. It must not know where the factors come from, nor what becomes of the result.
 */
import type { Element } from "./activation.wgsl.ts";
import { divisorAtMost, type Tile } from "./tiles.ts";

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
  /**
   * `fn product(i: u32)`. It reads by `left(index)` and `right(index)`, in elements of their types, and calls
   * `finish(column, index, sum)` with the place in elements of the result's type; the caller defines these.
   */
  readonly code: string;
}

const LANES = ["x", "y", "z", "w"] as const;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** Products of all shapes; those whose columns, or depth, are no multiple of four are read number by number. */
export function matrixProduct(shape: ProductShape, tile: Tile): ProductWgsl {
  const { rows, depth, columns, leftTransposed, rightTransposed } = shape;
  const result = columns % 4 === 0 ? "vec4f" : "f32";
  const lanes = result === "vec4f" ? 4 : 1;
  const vectors = divisorAtMost(tile.vectors, columns / lanes);
  // A transposed left factor is read along its rows, four at once.
  const left = (leftTransposed ? rows : depth) % 4 === 0 ? "vec4f" : "f32";
  const blockRows =
    leftTransposed && left === "vec4f" ? divisorAtMost(tile.rows / 4, rows / 4) * 4 : Math.min(tile.rows, rows);
  const right = rightTransposed ? (depth % 4 === 0 ? "vec4f" : "f32") : result;
  const stride = depth % 4 === 0 ? 4 : 1;

  const columnBlocks = columns / lanes / vectors;
  const rowBlocks = Math.ceil(rows / blockRows);
  const writer = new ProductWriter(shape, { left, right, result, blockRows, vectors, stride });
  const code = `
fn product(i: u32) {
  let column = (i % ${String(columnBlocks)}u) * ${String(vectors)}u;
  let row = (i / ${String(columnBlocks)}u) * ${String(blockRows)}u;
  ${writer.rowIndices()}
  ${writer.declareSums()}
  for (var k = 0u; k < ${String(depth)}u; k += ${String(stride)}u) {
    ${writer.loadBlocks()}
    ${range(stride)
      .map((step) => writer.multiply(step))
      .join("\n    ")}
  }
  ${writer.finish()}
}`;
  return { left, right, result, threads: columnBlocks * rowBlocks, code };
}

interface Blocking {
  readonly left: Element;
  readonly right: Element;
  readonly result: Element;
  readonly blockRows: number;
  readonly vectors: number;
  /** Steps of depth in one turn of the loop. */
  readonly stride: number;
}

/** The parts of a product's loop, unrolled over the block. */
class ProductWriter {
  readonly #shape: ProductShape;
  readonly #blocking: Blocking;
  readonly #rows: readonly number[];
  readonly #vectors: readonly number[];
  readonly #lanes: number;

  constructor(shape: ProductShape, blocking: Blocking) {
    this.#shape = shape;
    this.#blocking = blocking;
    this.#rows = range(blocking.blockRows);
    this.#vectors = range(blocking.vectors);
    this.#lanes = blocking.result === "vec4f" ? 4 : 1;
  }

  get #hasTail(): boolean {
    return this.#shape.rows % this.#blocking.blockRows !== 0;
  }

  /** Rows past the end compute the last row again; only `finish` knows. */
  rowIndices(): string {
    const last = String(this.#shape.rows - 1);
    const index = (row: number) => (this.#hasTail ? `min(row + ${String(row)}u, ${last}u)` : `row + ${String(row)}u`);
    return this.#rows.map((row) => `let row${String(row)} = ${index(row)};`).join(" ");
  }

  declareSums(): string {
    const { result } = this.#blocking;
    return this.#each((sum) => `var ${sum} = ${result}(0);`).join(" ");
  }

  /** What is read once for all steps of a turn. */
  loadBlocks(): string {
    const { leftTransposed, rightTransposed, depth } = this.#shape;
    const { left, right, stride } = this.#blocking;
    const width = String(depth / stride);
    const lines: string[] = [];
    if (!leftTransposed) {
      const at = left === "vec4f" ? `${width}u + k / 4u` : `${String(depth)}u + k`;
      lines.push(...this.#rows.map((row) => `let a${String(row)} = left(row${String(row)} * ${at});`));
    }
    if (rightTransposed) {
      const at = right === "vec4f" ? `${width}u + k / 4u` : `${String(depth)}u + k`;
      const places = range(this.#vectors.length * this.#lanes);
      const first = `column * ${String(this.#lanes)}u`;
      lines.push(...places.map((place) => `let b${String(place)} = right((${first} + ${String(place)}u) * ${at});`));
    }
    return lines.join("\n    ");
  }

  /** One step of depth: the outer product of a piece of a column and a piece of a row. */
  multiply(step: number): string {
    const { result } = this.#blocking;
    const loads = [...this.#loadLeft(step), ...this.#loadRight(step)];
    const products = this.#each(
      (sum, row, vector) =>
        `${sum} = fma(${result}(${this.#leftValue(row, step)}), r${String(step)}_${String(vector)}, ${sum});`,
    );
    return [...loads, ...products].join(" ");
  }

  finish(): string {
    const width = String(this.#shape.columns / this.#lanes);
    return this.#rows
      .map((row) => {
        const calls = this.#vectors.map((vector) => {
          const column = `column + ${String(vector)}u`;
          return `finish(${column}, row${String(row)} * ${width}u + ${column}, s${String(row)}_${String(vector)});`;
        });
        const guard = this.#hasTail ? `if (row + ${String(row)}u < ${String(this.#shape.rows)}u) ` : "";
        return `${guard}{ ${calls.join(" ")} }`;
      })
      .join("\n  ");
  }

  #loadLeft(step: number): readonly string[] {
    if (!this.#shape.leftTransposed) return [];
    const { rows } = this.#shape;
    const at = `(k + ${String(step)}u)`;
    if (this.#blocking.left === "f32") {
      return this.#rows.map(
        (row) => `let l${String(step)}_${String(row)} = left(${at} * ${String(rows)}u + row${String(row)});`,
      );
    }
    const quads = range(this.#blocking.blockRows / 4);
    return quads.map(
      (quad) =>
        `let l${String(step)}_${String(quad)} = left(${at} * ${String(rows / 4)}u + row / 4u + ${String(quad)}u);`,
    );
  }

  #leftValue(row: number, step: number): string {
    if (!this.#shape.leftTransposed) {
      return this.#blocking.left === "vec4f" ? `a${String(row)}.${LANES[step] ?? ""}` : `a${String(row)}`;
    }
    if (this.#blocking.left === "f32") return `l${String(step)}_${String(row)}`;
    return `l${String(step)}_${String(row >> 2)}.${LANES[row & 3] ?? ""}`;
  }

  #loadRight(step: number): readonly string[] {
    const width = String(this.#shape.columns / this.#lanes);
    return this.#vectors.map((vector) => {
      const name = `let r${String(step)}_${String(vector)}`;
      if (!this.#shape.rightTransposed) {
        return `${name} = right((k + ${String(step)}u) * ${width}u + column + ${String(vector)}u);`;
      }
      const lane = this.#blocking.right === "vec4f" ? `.${LANES[step] ?? ""}` : "";
      const places = range(this.#lanes).map((place) => `b${String(vector * this.#lanes + place)}${lane}`);
      return `${name} = ${this.#blocking.result}(${places.join(", ")});`;
    });
  }

  #each(write: (sum: string, row: number, vector: number) => string): readonly string[] {
    return this.#rows.flatMap((row) =>
      this.#vectors.map((vector) => write(`s${String(row)}_${String(vector)}`, row, vector)),
    );
  }
}
