/** The weights that dense and convolutional layers share: a kernel, perhaps normalised by its spectrum, and a bias. */
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { iteratePower, spectralNorm, type KernelMatrix } from "../../engine/operations/spectralNorm.ts";
import type { Layer, ParameterSpec, Shape } from "./layer.ts";

type WeightOf = (name: string) => Variable;

export interface LinearWeights extends Pick<Layer, "parameters" | "advance"> {
  /** The kernel that the layer computes with. */
  kernel(weight: WeightOf): Tensor;
  /** Null where the layer has none. */
  bias(weight: WeightOf): Tensor | null;
}

export interface LinearOptions {
  readonly useBias: boolean;
  readonly spectralNorm?: boolean | undefined;
}

/** A kernel of that shape, whose `outputAxis` counts the outputs, and, where wanted, one bias for each of them. */
export function linearWeights(kernelShape: Shape, outputAxis: number, options: LinearOptions): LinearWeights {
  const { useBias } = options;
  const matrix = matrixOf(kernelShape, outputAxis);
  const kernel: ParameterSpec = { name: "kernel", shape: kernelShape, initializer: "glorotUniform", trainable: true };
  const bias: ParameterSpec = { name: "bias", shape: [matrix.outputs], initializer: "zeros", trainable: true };
  const linear = useBias ? [kernel, bias] : [kernel];
  const biasOf = (weight: WeightOf) => (useBias ? weight("bias") : null);
  if (options.spectralNorm !== true) {
    return { parameters: linear, kernel: (weight) => weight("kernel"), bias: biasOf };
  }
  const vectors = (weight: WeightOf) => ({ u: weight("u"), v: weight("v") });
  return {
    parameters: [
      ...linear,
      { name: "u", shape: [matrix.outputs], initializer: "normal", trainable: false },
      { name: "v", shape: [matrix.outer * matrix.inner], initializer: "zeros", trainable: false },
    ],
    kernel: (weight) => spectralNorm(weight("kernel"), vectors(weight), matrix),
    bias: biasOf,
    advance: (weight) => {
      iteratePower(weight("kernel"), vectors(weight), matrix);
    },
  };
}

function matrixOf(shape: Shape, outputAxis: number): KernelMatrix {
  const product = (dimensions: Shape) => dimensions.reduce((size, dimension) => size * dimension, 1);
  return {
    outer: product(shape.slice(0, outputAxis)),
    outputs: product(shape.slice(outputAxis, outputAxis + 1)),
    inner: product(shape.slice(outputAxis + 1)),
  };
}
