import {
  add,
  mean,
  setBackend,
  sign,
  sum,
  tensor,
  tensor1d,
  tidy,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { differentiate, valuesAndSlopes } from "../../engine/gradients.ts";
import { present } from "../../shared/invariant.ts";
import type { LayerConfig, NetworkConfig } from "../config.ts";
import { along, derivative, DIGITS, draw, drawDirection } from "../finiteDifferences.ts";
import { GRADIENT_PENALTIES } from "../gradientPenalties.ts";
import { buildNetwork, disposeNetwork, EVALUATION, forward, summary, type Network } from "../network.ts";

type BlockConfig = Extract<LayerConfig, { readonly type: "residualBlock" }>;

const PLAIN: BlockConfig = {
  type: "residualBlock",
  filters: 3,
  kernelSize: 3,
  resample: "none",
  normalization: "none",
};
const CASES: readonly BlockConfig[] = [
  PLAIN,
  { ...PLAIN, filters: 2 },
  { ...PLAIN, resample: "up" },
  { ...PLAIN, resample: "down" },
  { ...PLAIN, resample: "down", normalization: "batchNorm" },
];
const IMAGE = [4, 4, 2];

const discriminator = (block: BlockConfig): NetworkConfig => [
  block,
  { type: "sigmoid" },
  { type: "flatten" },
  { type: "dense", units: 1, useBias: true },
];

/** Moves all that a rectifier sees far from its kink, some to one side and some to the other, for differences to be clean. */
function clearOfKinks(network: Network): void {
  for (const name of ["0.conv1.bias", "0.norm1.beta", "0.norm2.beta"]) {
    const weight = network.weights.get(name);
    tidy(() => weight?.assign(tensor1d(Array.from({ length: weight.size }, (_, index) => (index % 2 === 0 ? 4 : -4)))));
  }
}

const imagesFarFrom0 = () => tidy(() => add(draw(0, [2, ...IMAGE]), sign(draw(1, [2, ...IMAGE]))));

const score = (network: Network) => (x: Tensor) =>
  forward(network, x, { training: true, batches: 1, dropoutMasks: null });

describe("a residual block", () => {
  beforeAll(async () => {
    await setBackend("cpu");
  });

  test("whose convolutions are zero hands on its input, resampled", () => {
    const pixels = Array.from({ length: 32 }, (_, index) => index);
    const images = tensor(pixels, [1, ...IMAGE]);
    for (const resample of ["none", "up", "down"] as const) {
      const network = buildNetwork("discriminator", [{ ...PLAIN, filters: 2, resample }], IMAGE, 1);
      const kernel = present(network.weights.get("0.conv2.kernel"), "the kernel");
      tidy(() => {
        kernel.assign(tensor(new Float32Array(kernel.size), kernel.shape));
      });
      const result = forward(network, images, EVALUATION);
      const value = (row: number, column: number, channel: number) => (row * 4 + column) * 2 + channel;
      const side = { none: 4, up: 8, down: 2 }[resample];
      expect(result.shape).toEqual([1, side, side, 2]);
      const expected = Array.from({ length: side * side * 2 }, (_, index) => {
        const [row, column, channel] = [Math.floor(index / 2 / side), Math.floor(index / 2) % side, index % 2];
        if (resample === "none") return value(row, column, channel);
        if (resample === "up") return value(Math.floor(row / 2), Math.floor(column / 2), channel);
        // The mean of a square of four is its centre.
        return value(2 * row + 0.5, 2 * column + 0.5, channel);
      });
      expect([...result.dataSync()]).toEqual(expected);
      disposeNetwork(network);
    }
  });

  test("has a projection past its convolutions only where the channels change", () => {
    const parametersOf = (filters: number) => {
      const network = buildNetwork("discriminator", [{ ...PLAIN, filters }], IMAGE, 1);
      const names = [...network.weights.keys()];
      const { parameters } = summary(network);
      disposeNetwork(network);
      return { names, parameters };
    };
    const convolutions = ["0.conv1.kernel", "0.conv1.bias", "0.conv2.kernel", "0.conv2.bias"];
    expect(parametersOf(2)).toEqual({ names: convolutions, parameters: 2 * (9 * 4 + 2) });
    expect(parametersOf(3)).toEqual({
      names: [...convolutions, "0.shortcut.kernel"],
      parameters: 9 * 6 + 3 + (9 * 9 + 3) + 6,
    });
  });

  test("draws each of its kernels anew", () => {
    const block: BlockConfig = { ...PLAIN, filters: 2, normalization: "batchNorm" };
    const network = buildNetwork("discriminator", [block, block, block], IMAGE, 1);
    const first = [...network.weights]
      .filter(([name]) => name.endsWith("kernel"))
      .map(([, weight]) => weight.dataSync()[0]);
    expect(new Set(first).size).toBe(6);
    disposeNetwork(network);
  });

  test("that halves refuses odd sides", () => {
    const build = () => buildNetwork("discriminator", [{ ...PLAIN, resample: "down" }], [7, 7, 2], 1);
    expect(build).toThrow("needs an even height and width");
  });

  test.for(CASES)("%o has slopes and gradients of penalties as finite differences say", (block) => {
    const network = buildNetwork("discriminator", discriminator(block), IMAGE, 3);
    clearOfKinks(network);
    const images = imagesFarFrom0();
    const penalty = () => {
      const { values, slopes } = valuesAndSlopes(score(network), images);
      return add<Scalar>(GRADIENT_PENALTIES.wganGp.of(slopes), mean(values));
    };
    tidy(() => {
      const direction = drawDirection(1, images.shape);
      const { slopes } = valuesAndSlopes(score(network), images);
      expect(along(slopes, direction)).toBeCloseTo(
        derivative((x) => sum(score(network)(x)), images, direction),
        DIGITS,
      );
      const { gradients } = differentiate(() => ({ objective: penalty(), measured: [] }), network.parameters);
      for (const [index, parameter] of network.parameters.entries()) {
        const along1 = drawDirection(10 + index, parameter.shape);
        const original = parameter.clone();
        const expected = derivative(
          (value) => {
            parameter.assign(value);
            return penalty();
          },
          original,
          along1,
        );
        parameter.assign(original);
        expect(along(present(gradients[index], "a gradient"), along1), parameter.name).toBeCloseTo(expected, DIGITS);
      }
    });
    images.dispose();
    disposeNetwork(network);
  });
});
