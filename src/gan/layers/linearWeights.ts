/** How dense and convolutional layers come by their weights: a kernel, perhaps normalised by its spectrum, and a bias. */
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { iteratePower, spectralNorm, type KernelMatrix } from "../../engine/operations/spectralNorm.ts";
import { present } from "../../shared/invariant.ts";
import type { Layer } from "./layer.ts";
import { sizeOf, type LayerShape, type Shape } from "./layerShape.ts";
import type { LinearOptions } from "./linearParameters.ts";

type WeightOf = (name: string) => Variable;

export interface LinearWeights extends Pick<Layer, "advance"> {
  /** The kernel that the layer computes with. */
  readonly kernel: (weight: WeightOf) => Tensor;
  /** Null where the layer has none. */
  readonly bias: (weight: WeightOf) => Tensor | null;
}

/** The weights of a layer whose kernel counts its outputs along `outputAxis`. */
export function linearWeights(shape: LayerShape, outputAxis: number, options: LinearOptions): LinearWeights {
  const bias = (weight: WeightOf) => (options.useBias ? weight("bias") : null);
  if (options.spectralNorm !== true) return { kernel: (weight) => weight("kernel"), bias };
  const spec = present(
    shape.parameters.find(({ name }) => name === "kernel"),
    "the kernel",
  );
  const matrix = matrixOf(spec.shape, outputAxis);
  const vectors = (weight: WeightOf) => ({ u: weight("u"), v: weight("v") });
  return {
    kernel: (weight) => spectralNorm(weight("kernel"), vectors(weight), matrix),
    bias,
    advance: (weight) => {
      iteratePower(weight("kernel"), vectors(weight), matrix);
    },
  };
}

function matrixOf(shape: Shape, outputAxis: number): KernelMatrix {
  return {
    outer: sizeOf(shape.slice(0, outputAxis)),
    outputs: sizeOf(shape.slice(outputAxis, outputAxis + 1)),
    inner: sizeOf(shape.slice(outputAxis + 1)),
  };
}
