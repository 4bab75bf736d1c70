import { engine, env, setBackend, tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import { matrixProduct, type ProductShape } from "./matrixProduct.ts";
import { defineKernel, emptyTensor } from "./program.ts";
import { tilesFor, TILES, type Tile } from "./tiles.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
});

const multiply = defineKernel("TestProduct", ({ shape, tile }: { shape: ProductShape; tile: Tile }) => {
  const product = matrixProduct(shape, tile);
  return {
    writes: { c: product.result },
    reads: { a: product.left, b: product.right },
    threads: product.threads,
    workgroupSize: tile.workgroupSize,
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

/** That of a processor, and all that a graphics card is tried with. */
const USED = [TILES.software, ...tilesFor(false, Infinity)].map((tile) => [JSON.stringify(tile), tile] as const);

const CASES = USED.flatMap(([name, tile]) =>
  SHAPES.flatMap(([rows, depth, columns]) =>
    [false, true].flatMap((leftTransposed) =>
      [false, true].map((rightTransposed) => ({
        name,
        tile,
        shape: { rows, depth, columns, leftTransposed, rightTransposed },
      })),
    ),
  ),
);

test.for(CASES)("the product by the tile $name is right for $shape", async ({ tile, shape }) => {
  const { rows, depth, columns, leftTransposed, rightTransposed } = shape;
  const a = uniform({ seed: 1, stream: "samples", draw: 0 }, rows * depth);
  const b = uniform({ seed: 1, stream: "samples", draw: 1 }, depth * columns);
  const expected = Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    let sum = 0;
    for (let k = 0; k < depth; k++) {
      const left = a[leftTransposed ? k * rows + row : row * depth + k] ?? NaN;
      sum += left * (b[rightTransposed ? column * depth + k : k * columns + column] ?? NaN);
    }
    return sum;
  });
  const [left, right] = [tensor(a), tensor(b)];
  const result = engine().makeTensorFromTensorInfo(emptyTensor([rows * columns]));
  multiply.run({ shape, tile }, [result, left, right]);
  const actual = await result.data<"float32">();
  // Up to 64 roundings of 6e-8, relative to a sum of positive numbers.
  for (const [place, value] of expected.entries())
    expect(Math.abs((actual[place] ?? NaN) / value - 1)).toBeLessThan(4e-6);
  for (const used of [left, right, result]) used.dispose();
});
