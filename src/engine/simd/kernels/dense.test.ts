import { dispose, memory, type Tensor2D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { dense } from "../../operations/dense.ts";
import { startSimd } from "../index.ts";
import { ACTIVATIONS, expectClose, numbers, ODD_SIZES, tensorOf, valueAndGradients } from "../testing.ts";

// Sums of up to some hundred products of normal numbers.
const TOLERANCE = 5e-6;

type Rule = (typeof ACTIVATIONS)[number];

/** Output and gradients by x, kernel and bias, as the definition reads. */
function reference(batch: number, inputs: number, units: number, rule: Rule, hasBias: boolean) {
  const [x, kernel] = [numbers([batch, inputs], 1), numbers([inputs, units], 2)];
  const [bias, dy] = [numbers([units], 3), numbers([batch, units], 4)];
  const y = new Float64Array(batch * units);
  const dx = new Float64Array(batch * inputs);
  const dKernel = new Float64Array(inputs * units);
  const dBias = new Float64Array(units);
  const add = (sums: Float64Array, index: number, term: number) => {
    sums[index] = (sums[index] ?? NaN) + term;
  };
  for (let row = 0; row < batch; row++) {
    for (let unit = 0; unit < units; unit++) {
      let sum = hasBias ? (bias[unit] ?? NaN) : 0;
      for (let k = 0; k < inputs; k++) sum += (x[row * inputs + k] ?? NaN) * (kernel[k * units + unit] ?? NaN);
      y[row * units + unit] = rule.value(sum);
      const dz = (dy[row * units + unit] ?? NaN) * rule.slope(sum);
      add(dBias, unit, dz);
      for (let k = 0; k < inputs; k++) {
        add(dx, row * inputs + k, dz * (kernel[k * units + unit] ?? NaN));
        add(dKernel, k * units + unit, dz * (x[row * inputs + k] ?? NaN));
      }
    }
  }
  return hasBias ? [y, dx, dKernel, dBias] : [y, dx, dKernel];
}

function check(batch: number, inputs: number, units: number, rule: Rule, hasBias: boolean): void {
  const before = memory().numTensors;
  const parameters = [tensorOf(numbers([batch, inputs], 1), [batch, inputs])];
  parameters.push(tensorOf(numbers([inputs, units], 2), [inputs, units]));
  if (hasBias) parameters.push(tensorOf(numbers([units], 3), [units]));
  const dy = tensorOf(numbers([batch, units], 4), [batch, units]);
  const results = valueAndGradients(
    (x, kernel, bias) => dense(x as Tensor2D, kernel as Tensor2D, bias ?? null, rule.activation),
    parameters,
    dy,
  );
  const expected = reference(batch, inputs, units, rule, hasBias);
  expect(results.length).toBe(expected.length);
  for (const [index, result] of results.entries()) expectClose(result, expected[index] ?? [], TOLERANCE);
  dispose([...parameters, dy]);
  expect(memory().numTensors).toBe(before);
}

describe("the dense layer and its gradients agree with float64", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test.for(ODD_SIZES)("%i in a batch", (batch) => {
    for (const inputs of ODD_SIZES) {
      for (const units of ODD_SIZES) {
        // Every activation and both kinds of layer get their share of the shapes.
        const index = ODD_SIZES.indexOf(inputs) + 2 * ODD_SIZES.indexOf(units);
        const rule = ACTIVATIONS[index % ACTIVATIONS.length];
        if (rule !== undefined) check(batch, inputs, units, rule, index % 3 > 0);
      }
    }
  });

  test.for(ACTIVATIONS)("$activation.type", (rule) => {
    check(7, 33, 31, rule, true);
  });

  test("two halves of a batch that pull a bias by the same amount leave exactly nothing", () => {
    const [batch, units] = [34, 65];
    const half = numbers([batch / 2, units], 5);
    const dy = tensorOf(Float32Array.from([...half, ...half.map((value) => -value)]), [batch, units]);
    const x = tensorOf(numbers([batch, 3], 6), [batch, 3]);
    const parameters = [x, tensorOf(numbers([3, units], 7), [3, units]), tensorOf(numbers([units], 8), [units])];
    const results = valueAndGradients(
      (input, kernel, bias) => dense(input as Tensor2D, kernel as Tensor2D, bias ?? null, { type: "linear" }),
      parameters,
      dy,
    );
    expect(results[3]?.dataSync().every((value) => value === 0)).toBe(true);
    dispose([...results, ...parameters, dy]);
  });
});
