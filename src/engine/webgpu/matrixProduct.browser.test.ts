import { dispose, engine, env, setBackend, tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { present } from "../../shared/invariant.ts";
import { uniform } from "../../shared/random.ts";
import { exchangesInFours, withExchange } from "./exchange.ts";
import { webGpuInternals } from "./internals.ts";
import { matrixProduct, type ProductShape } from "./matrixProduct.ts";
import { defineKernel, emptyTensor } from "./program.ts";
import { tilesFor, TILES, type Tile } from "./tiles.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await withExchange(() => setBackend("webgpu"));
});

const multiply = defineKernel("TestProduct", ({ shape, tile }: { shape: ProductShape; tile: Tile }) => {
  const product = matrixProduct(shape, tile);
  return {
    writes: { c: product.result },
    reads: { a: product.left, b: product.right },
    threads: product.threads,
    workgroupSize: tile.workgroupSize,
    exchanges: product.exchanges,
    code: `
fn left(index: u32) -> ${product.left} { return a[index]; }
fn right(index: u32) -> ${product.right} { return b[index]; }
fn finish(column: u32, index: u32, sum: ${product.result}) { c[index] = sum; }
${product.code}
fn run(i: u32) { product(i); }`,
  };
});

const SHAPES = [
  [65, 31, 33],
  [7, 12, 8],
  [36, 20, 24],
  [3, 64, 1],
] as const;

/** Those that leave four neighbours something to exchange; others they compute as every other tile does. */
const SHAPES_IN_FOURS = [
  [36, 8, 48],
  [65, 8, 64],
  [33, 7, 16],
  [36, 16, 528],
] as const;

/** Those of a processor, and all that a graphics card is tried with. */
const TILES_USED: readonly Tile[] = [TILES.software, TILES.softwareInFours, ...tilesFor("hardware", Infinity)];
const USED = TILES_USED.map((tile) => [JSON.stringify(tile), tile] as const);

const CASES = USED.flatMap(([name, tile]) =>
  (tile.quad === undefined ? SHAPES : SHAPES_IN_FOURS).flatMap(([rows, depth, columns]) =>
    [false, true].flatMap((leftTransposed) =>
      [false, true].map((rightTransposed) => ({
        name,
        tile,
        shape: { rows, depth, columns, leftTransposed, rightTransposed },
      })),
    ),
  ),
);

/** Positive numbers, so that no sum is small beside what is rounded. */
function factorsOf({ rows, depth, columns }: ProductShape): readonly [a: Float32Array, b: Float32Array] {
  return [
    uniform({ seed: 1, stream: "samples", draw: 0 }, rows * depth),
    uniform({ seed: 1, stream: "samples", draw: 1 }, depth * columns),
  ];
}

async function productOf(shape: ProductShape, tile: Tile): Promise<Float32Array> {
  const [left, right] = factorsOf(shape).map((numbers) => tensor(numbers));
  const result = engine().makeTensorFromTensorInfo(emptyTensor([shape.rows * shape.columns]));
  const factors = [present(left, "a"), present(right, "b")];
  multiply.run({ shape, tile }, [result, ...factors]);
  const values = await result.data<"float32">();
  dispose([...factors, result]);
  return values;
}

/** Skips a test of a tile whose threads exchange numbers where the device's threads cannot. */
function skipUnlessPossible(skip: (condition: boolean, note: string) => void, tile: Tile): void {
  const possible = tile.quad === undefined || exchangesInFours(webGpuInternals().device);
  skip(!possible, "the threads of this device do not exchange numbers by fours");
}

test.for(CASES)("the product by the tile $name is right for $shape", async ({ tile, shape }, { skip }) => {
  skipUnlessPossible(skip, tile);
  const { rows, depth, columns, leftTransposed, rightTransposed } = shape;
  const [a, b] = factorsOf(shape);
  const expected = Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    let sum = 0;
    for (let k = 0; k < depth; k++) {
      const left = a[leftTransposed ? k * rows + row : row * depth + k] ?? NaN;
      sum += left * (b[rightTransposed ? column * depth + k : k * columns + column] ?? NaN);
    }
    return sum;
  });
  const actual = await productOf(shape, tile);
  // Up to 64 roundings of 6e-8, relative to a sum of positive numbers.
  for (const [place, value] of expected.entries())
    expect(Math.abs((actual[place] ?? NaN) / value - 1)).toBeLessThan(4e-6);
});

test.for(USED)("the product by the tile %s has the bits that it has by any other", async ([, tile], { skip }) => {
  skipUnlessPossible(skip, tile);
  for (const leftTransposed of [false, true]) {
    const shape = { rows: 68, depth: 20, columns: 96, leftTransposed, rightTransposed: false };
    expect(await productOf(shape, tile)).toEqual(await productOf(shape, TILES.hardware));
  }
});
