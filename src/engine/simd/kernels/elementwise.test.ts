import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../index.ts";
import { expectClose, numbers, ODD_SIZES, tensorOf } from "../testing.ts";

type Binary = readonly [name: string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, (a: number, b: number) => number];
type Unary = readonly [name: string, (x: tf.Tensor) => tf.Tensor, (x: number) => number];

const BINARY: readonly Binary[] = [
  ["add", tf.add, (a, b) => a + b],
  ["sub", tf.sub, (a, b) => a - b],
  ["mul", tf.mul, (a, b) => a * b],
  ["div", tf.div, (a, b) => a / b],
  ["maximum", tf.maximum, Math.max],
  ["minimum", tf.minimum, Math.min],
  ["squaredDifference", tf.squaredDifference, (a, b) => (a - b) ** 2],
];

const UNARY: readonly Unary[] = [
  ["relu", tf.relu, (x) => Math.max(x, 0)],
  ["step", (x) => tf.step(x, 0.2), (x) => (x > 0 ? 1 : 0.2)],
  ["tanh", tf.tanh, Math.tanh],
  ["sigmoid", tf.sigmoid, (x) => 1 / (1 + Math.exp(-x))],
  ["exp", tf.exp, Math.exp],
  ["square", tf.square, (x) => x * x],
  ["neg", tf.neg, (x) => -x],
  ["abs", tf.abs, Math.abs],
  ["reciprocal", tf.reciprocal, (x) => 1 / x],
  ["leakyRelu", (x) => tf.leakyRelu(x, 0.2), (x) => (x < 0 ? 0.2 * x : x)],
  ["clipByValue", (x) => tf.clipByValue(x, -0.5, 0.25), (x) => Math.min(Math.max(x, -0.5), 0.25)],
  ["sqrt of squares", (x) => tf.sqrt(tf.square(x)), Math.abs],
  ["rsqrt of squares", (x) => tf.rsqrt(tf.add(tf.square(x), 1)), (x) => 1 / Math.sqrt(x * x + 1)],
];

// A few units in the last place: 2⁻²⁴ is 6e-8.
const TOLERANCE = 4e-7;

/** Where a number of the broadcast result comes from in an operand. */
function sourceIndex(index: number, shape: readonly number[], outShape: readonly number[]): number {
  let source = 0;
  let stride = 1;
  let rest = index;
  for (let axis = 1; axis <= outShape.length; axis++) {
    const outSize = outShape.at(-axis) ?? 1;
    const size = axis <= shape.length ? (shape.at(-axis) ?? 1) : 1;
    if (size !== 1) source += (rest % outSize) * stride;
    stride *= size;
    rest = Math.floor(rest / outSize);
  }
  return source;
}

/** Two shapes that broadcast together: one shape with some of its dimensions repeated on either side. */
const broadcastPairs = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 9 }), repeats: fc.constantFrom("a", "b", "none") }), {
    maxLength: 5,
  })
  .map((dimensions) => {
    const shape = (operand: string) => dimensions.map(({ size, repeats }) => (repeats === operand ? 1 : size));
    return [shape("a"), shape("b")] as const;
  });

describe("elementwise operations", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test.for(BINARY)("%s agrees with float64 however its operands broadcast", ([, operation, reference]) => {
    fc.assert(
      fc.property(broadcastPairs, ([aShape, bShape]) => {
        const a = numbers(aShape, 1);
        const b = numbers(bShape, 2);
        const result = tf.tidy(() => operation(tensorOf(a, aShape), tensorOf(b, bShape)));
        const expected = Array.from({ length: result.size }, (_, index) =>
          reference(
            a[sourceIndex(index, aShape, result.shape)] ?? NaN,
            b[sourceIndex(index, bShape, result.shape)] ?? NaN,
          ),
        );
        expectClose(result, expected, TOLERANCE);
      }),
      { numRuns: 40 },
    );
  });

  test.for(UNARY)("%s agrees with float64", ([, operation, reference]) => {
    for (const size of [...ODD_SIZES, 1000]) {
      const x = numbers([size], size);
      const result = tf.tidy(() => operation(tensorOf(x, [size])));
      expectClose(result, Float64Array.from(x, reference), TOLERANCE);
    }
  });

  // Sums of squares, biases and the like in sizes that fill registers and leave a rest.
  test("rows, columns and single numbers meet matrices of odd widths", () => {
    for (const rows of ODD_SIZES) {
      for (const columns of ODD_SIZES) {
        const x = numbers([rows, columns], 1);
        for (const shape of [[columns], [rows, 1], []]) {
          const y = numbers(shape, 2);
          const at = (index: number) => sourceIndex(index, shape, [rows, columns]);
          const result = tf.tidy(() => tf.sub(tensorOf(x, [rows, columns]), tensorOf(y, shape)));
          expectClose(
            result,
            Float64Array.from(x, (value, index) => value - (y[at(index)] ?? NaN)),
            TOLERANCE,
          );
        }
      }
    }
  });

  test("exp, tanh and sigmoid hold their precision over their whole range", () => {
    const x = Float32Array.from({ length: 4001 }, (_, index) => (index - 2000) * 0.043);
    const relative = (operation: (t: tf.Tensor) => tf.Tensor, reference: (value: number) => number) => {
      const values = tf.tidy(() => operation(tensorOf(x, [x.length])).dataSync());
      return Math.max(...Array.from(values, (value, index) => Math.abs(value / reference(x[index] ?? NaN) - 1)));
    };
    const nearZero = x.findIndex((value) => value === 0);
    x[nearZero] = 1e-6;
    expect(relative(tf.exp, Math.exp)).toBeLessThan(3e-7);
    expect(relative(tf.tanh, Math.tanh)).toBeLessThan(3e-7);
    expect(relative(tf.sigmoid, (value) => 1 / (1 + Math.exp(-value)))).toBeLessThan(3e-7);
  });

  test("what is not a number stays so, and infinities go where they should", () => {
    const values = new Float32Array([NaN, Infinity, -Infinity, 1000, -1000]);
    const of = (operation: (t: tf.Tensor) => tf.Tensor) =>
      tf.tidy(() => [...operation(tensorOf(values, [values.length])).dataSync()]);
    expect(of(tf.exp)).toEqual([NaN, Infinity, 0, Infinity, 0]);
    expect(of(tf.tanh)).toEqual([NaN, 1, -1, 1, -1]);
    expect(of(tf.sigmoid)).toEqual([NaN, 1, 0, 1, 0]);
    expect(of(tf.relu)).toEqual([NaN, Infinity, 0, 1000, 0]);
    expect(of((x) => tf.step(x))).toEqual([NaN, 1, 0, 1, 0]);
  });

  test("addN adds all of its terms and changes none", () => {
    const terms = [1, 2, 3].map((draw) => numbers([7, 5], draw));
    tf.tidy(() => {
      const tensors = terms.map((term) => tensorOf(term, [7, 5]));
      const expected = Float64Array.from({ length: 35 }, (_, index) =>
        terms.reduce((sum, term) => sum + (term[index] ?? NaN), 0),
      );
      expectClose(tf.addN(tensors), expected, TOLERANCE);
      for (const [index, tensor] of tensors.entries()) expectClose(tensor, terms[index] ?? [], TOLERANCE);
    });
  });

  test("integers are left to the CPU backend", () => {
    const sum = tf.tidy(() => tf.add(tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 4], "int32")));
    expect(sum.dtype).toBe("int32");
    expect([...sum.dataSync()]).toEqual([4, 6]);
    sum.dispose();
  });
});
