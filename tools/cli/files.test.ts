/** The files that `npm run train` writes: tables, arrays and pictures, byte by byte where a reader depends on it. */
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import type { ImageBatch } from "../../src/worker/protocol.ts";
import { csvOf } from "./csv.ts";
import { gridOf, pngOf, stripOf } from "./imageGrid.ts";
import { npyOfBytes, npyOfFloats } from "./npy.ts";

/** Images of 1 × 2 pixels, all of one colour each: the first's bytes, then the second's. */
function images(channels: number, ...colours: readonly (readonly number[])[]): ImageBatch {
  const pixels = Uint8Array.from(colours.flatMap((colour) => [...colour, ...colour]));
  return { count: colours.length, shape: [1, 2, channels], pixels };
}

describe("metrics.csv", () => {
  test("has a header, full precision, and nothing where nothing was measured", () => {
    const history = {
      step: Float64Array.of(1, 2),
      discriminatorLoss: Float64Array.of(1.25, NaN),
      generatorLoss: Float64Array.of(0.1, 0.2),
      realScore: Float64Array.of(0.5, NaN),
      fakeScore: Float64Array.of(0.4, 0.3),
      discriminatorGradientNorm: Float64Array.of(1e-9, NaN),
      generatorGradientNorm: Float64Array.of(3, 4),
      milliseconds: Float64Array.of(10, 11.5),
      realAccuracy: Float64Array.of(NaN, NaN),
      fakeAccuracy: Float64Array.of(NaN, NaN),
    };
    expect(csvOf(history)).toBe(
      "step,discriminatorLoss,generatorLoss,realScore,fakeScore,discriminatorGradientNorm,generatorGradientNorm,milliseconds\n" +
        "1,1.25,0.1,0.5,0.4,1e-9,3,10\n" +
        "2,,0.2,,0.3,,4,11.5\n",
    );
    const classified = csvOf({ ...history, realAccuracy: Float64Array.of(0.75, NaN) });
    expect(classified.split("\n")[1]).toBe("1,1.25,0.1,0.5,0.4,1e-9,3,10,0.75");
  });
});

describe("samples.npy", () => {
  test.each([[[2, 28, 28, 1]], [[1000000, 100, 100, 3]], [[4]]])("of shape %j has a header NumPy can read", (shape) => {
    const file = npyOfBytes(Uint8Array.of(7, 8, 9), shape);
    expect([...file.subarray(0, 8)]).toEqual([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
    const length = new DataView(file.buffer).getUint16(8, true);
    expect((10 + length) % 64).toBe(0);
    const header = new TextDecoder().decode(file.subarray(10, 10 + length));
    const tuple = shape.length === 1 ? `(${String(shape[0])},)` : `(${shape.join(", ")},)`;
    expect(header.trimEnd()).toBe(`{'descr': '|u1', 'fortran_order': False, 'shape': ${tuple}, }`);
    expect(header.endsWith("\n")).toBe(true);
    expect([...file.subarray(10 + length)]).toEqual([7, 8, 9]);
  });
});

test("samples.npy of points holds float32 numbers", () => {
  const file = npyOfFloats(Float32Array.of(1.5, -2), [1, 2]);
  const length = new DataView(file.buffer).getUint16(8, true);
  const header = new TextDecoder().decode(file.subarray(10, 10 + length));
  expect(header.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2,), }");
  expect([...new Float32Array(file.slice(10 + length).buffer)]).toEqual([1.5, -2]);
});

describe("pictures", () => {
  /** Grey in the gaps, two source pixels wide, and every source pixel a square of two. */
  function at({ pixels, width }: { pixels: Uint8Array; width: number }, x: number, y: number): readonly number[] {
    return [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  }

  test("lay images out row by row with gaps", () => {
    const grid = gridOf(images(1, [10], [20], [30], [40]), { columns: 2, rows: 2 });
    expect([grid.width, grid.height]).toEqual([20, 16]);
    expect(at(grid, 0, 0)).toEqual([64, 64, 64, 255]);
    expect(at(grid, 4, 4)).toEqual([10, 10, 10, 255]);
    expect(at(grid, 7, 5)).toEqual([10, 10, 10, 255]);
    expect(at(grid, 8, 4)).toEqual([64, 64, 64, 255]);
    expect(at(grid, 12, 4)).toEqual([20, 20, 20, 255]);
    expect(at(grid, 4, 10)).toEqual([30, 30, 30, 255]);
    expect(at(grid, 12, 11)).toEqual([40, 40, 40, 255]);
  });

  test("keep colours, and leave cells empty that have no image", () => {
    const grid = gridOf(images(3, [1, 2, 3], [4, 5, 6], [7, 8, 9]), { columns: 2, rows: 2 });
    expect(at(grid, 5, 5)).toEqual([1, 2, 3, 255]);
    expect(at(grid, 13, 11)).toEqual([64, 64, 64, 255]);
  });

  test("are no larger than the images that there are", () => {
    const grid = gridOf(images(1, [10]), { columns: 8, rows: 8 });
    expect([grid.width, grid.height]).toEqual([12, 10]);
  });

  test("have a strip of one row a batch, cut to its columns", () => {
    const strip = stripOf([images(1, [10], [20]), images(1, [30], [40])], 1);
    expect([strip.width, strip.height]).toEqual([12, 16]);
    expect(at(strip, 4, 4)).toEqual([10, 10, 10, 255]);
    expect(at(strip, 4, 10)).toEqual([30, 30, 30, 255]);
  });

  test("keep the grid that they come with, of which a strip shows column after column", () => {
    const batch = { ...images(1, [10], [20], [30], [40]), grid: { columns: 2, rowLabels: ["a", "b"] } };
    expect(gridOf(batch, { columns: 4, rows: 1 }).width).toBe(20);
    const strip = stripOf([batch], 3);
    expect([4, 12, 20].map((left) => at(strip, left, 4)[0])).toEqual([10, 30, 20]);
  });

  test("survive the way through PNG", () => {
    const grid = gridOf(images(3, [1, 2, 3], [250, 0, 9]), { columns: 2, rows: 1 });
    const read = PNG.sync.read(Buffer.from(pngOf(grid)));
    expect([read.width, read.height]).toEqual([grid.width, grid.height]);
    expect(new Uint8Array(read.data)).toEqual(grid.pixels);
  });
});
