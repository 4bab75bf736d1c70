import {
  engine,
  env,
  grads,
  memory,
  setBackend,
  tensor,
  tidy,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import { LINEAR, type Activation } from "./activations.ts";
import { DENSE_KERNEL, registerDense } from "./dense.wgsl.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerDense();
});

/** Numbers in [−1, 1). */
function numbers(draw: number, count: number): Float32Array {
  return uniform({ seed: 1, stream: "samples", draw }, count).map((value) => 2 * value - 1);
}

const ACTIVATIONS: readonly Activation[] = [
  LINEAR,
  { type: "reLU" },
  { type: "leakyReLU", alpha: 0.2 },
  { type: "tanh" },
  { type: "sigmoid" },
];

function value(activation: Activation, x: number): number {
  if (activation.type === "tanh") return Math.tanh(x);
  if (activation.type === "sigmoid") return 1 / (1 + Math.exp(-x));
  if (activation.type === "reLU") return Math.max(x, 0);
  return activation.type === "leakyReLU" && x < 0 ? activation.alpha * x : x;
}

function slope(activation: Activation, x: number): number {
  const y = value(activation, x);
  if (activation.type === "tanh") return 1 - y * y;
  if (activation.type === "sigmoid") return y * (1 - y);
  if (activation.type === "linear" || x > 0) return 1;
  return activation.type === "leakyReLU" ? activation.alpha : 0;
}

interface Case {
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
}

/** The layer and its gradients in float64, written as the definition reads. */
function reference({ batch, inputs, units }: Case, activation: Activation, hasBias: boolean, data: Float32Array[]) {
  const [x, kernel, bias, dy] = data as [Float32Array, Float32Array, Float32Array, Float32Array];
  const y = new Float64Array(batch * units);
  const [dx, dKernel, dBias] = [batch * inputs, inputs * units, units].map((size) => new Float64Array(size));
  for (let row = 0; row < batch; row++) {
    for (let unit = 0; unit < units; unit++) {
      let sum = hasBias ? (bias[unit] ?? 0) : 0;
      for (let input = 0; input < inputs; input++) {
        sum += (x[row * inputs + input] ?? 0) * (kernel[input * units + unit] ?? 0);
      }
      y[row * units + unit] = value(activation, sum);
      const dz = (dy[row * units + unit] ?? 0) * slope(activation, sum);
      if (dBias) dBias[unit] = (dBias[unit] ?? 0) + dz;
      for (let input = 0; input < inputs; input++) {
        const [at, weight] = [row * inputs + input, input * units + unit];
        if (dx) dx[at] = (dx[at] ?? 0) + dz * (kernel[weight] ?? 0);
        if (dKernel) dKernel[weight] = (dKernel[weight] ?? 0) + dz * (x[at] ?? 0);
      }
    }
  }
  return hasBias ? [y, dx, dKernel, dBias] : [y, dx, dKernel];
}

/** The same by the kernels. */
async function computed(
  { batch, inputs, units }: Case,
  activation: Activation,
  hasBias: boolean,
  data: Float32Array[],
) {
  const [x, kernel, bias, dy] = data as [Float32Array, Float32Array, Float32Array, Float32Array];
  const parts = tidy(() => {
    const layer = (...[first, second, third]: Tensor[]): Tensor =>
      engine().runKernel(
        DENSE_KERNEL,
        { x: first, kernel: second, ...(third === undefined ? {} : { bias: third }) } as Record<string, Tensor>,
        { activation: { ...activation }, hasBias },
      );
    const arguments_ = [tensor(x, [batch, inputs]), tensor(kernel, [inputs, units])];
    if (hasBias) arguments_.push(tensor(bias, [units]));
    const y = layer(...arguments_) as Tensor2D;
    return [y, ...grads(layer)(arguments_, tensor(dy, [batch, units]))];
  });
  const results = await Promise.all(parts.map(async (part) => [...(await part.data<"float32">())]));
  for (const part of parts) part.dispose();
  return results;
}

async function check(shape: Case, activation: Activation, hasBias: boolean): Promise<void> {
  const { batch, inputs, units } = shape;
  const data = [batch * inputs, inputs * units, units, batch * units].map((size, draw) => numbers(draw, size));
  const expected = reference(shape, activation, hasBias, data);
  const actual = await computed(shape, activation, hasBias, data);
  expect(actual.length).toBe(expected.length);
  for (const [index, values] of actual.entries()) {
    const theirs = [...(expected[index] ?? [])];
    expect(values.length).toBe(theirs.length);
    const distance = Math.hypot(...values.map((ours, at) => ours - (theirs[at] ?? NaN)));
    // Sums of up to 65 products of numbers below 1 in float32: some 65 roundings of 6e-8, which mostly cancel.
    expect(distance / Math.max(Math.hypot(...theirs), 1e-3), `output ${String(index)}`).toBeLessThan(5e-6);
  }
}

/** As many as there are activations; either side of the widths that tiles have, and of the vectors that they are read in. */
const SIZES = [1, 3, 31, 33, 65];

// Every pair of two dimensions' sizes occurs, and every activation with every size of each dimension: two Latin squares that
// are orthogonal, because 5 is prime. All triples would take five times as many compilations.
test.for(SIZES)("a layer of a batch of %d is what its definition says, in value and gradients", async (batch) => {
  const row = SIZES.indexOf(batch);
  for (const [column, inputs] of SIZES.entries()) {
    const units = SIZES[(row + column) % SIZES.length] ?? 1;
    const activation = ACTIVATIONS[(row + 2 * column) % ACTIVATIONS.length] ?? LINEAR;
    await check({ batch, inputs, units }, activation, (row + column) % 2 === 0);
  }
});

test.for(ACTIVATIONS)(
  "a layer with %o is what its definition says where numbers are read four at once",
  async (activation) => {
    await check({ batch: 64, inputs: 48, units: 32 }, activation, true);
    // So many that a processor works out the slopes before it multiplies by them.
    await check({ batch: 64, inputs: 20, units: 68 }, activation, true);
    await check({ batch: 20, inputs: 12, units: 8 }, activation, false);
    await check({ batch: 64, inputs: 64, units: 1 }, activation, true);
  },
);

test("a layer of one unit is what its definition says where its inputs are read four at once", async () => {
  await check({ batch: 12, inputs: 16, units: 1 }, LINEAR, true);
});

test("gradients that nobody asks for leave nothing behind", async () => {
  const before = memory().numTensors;
  await check({ batch: 4, inputs: 4, units: 4 }, LINEAR, true);
  tidy(() => {
    const kernel = tensor(numbers(0, 16), [4, 4]);
    const gradient = grads((x: Tensor) =>
      engine().runKernel(DENSE_KERNEL, { x, kernel }, { activation: { type: "linear" }, hasBias: false }),
    );
    return gradient([tensor(numbers(1, 16), [4, 4])]).length;
  });
  expect(memory().numTensors).toBe(before);
});
