/** The parameters that dense and convolutional layers share. It must not know how a layer computes with them. */
import { sizeOf, type ParameterSpec, type Shape } from "./layerShape.ts";

export interface LinearOptions {
  readonly useBias: boolean;
  readonly spectralNorm?: boolean | undefined;
}

/**
 * A kernel of that shape, whose `outputAxis` counts the outputs, and, where wanted, one bias for each of them and the
 * singular vectors of a spectral norm.
 */
export function linearParameters(
  kernelShape: Shape,
  outputAxis: number,
  { useBias, spectralNorm }: LinearOptions,
): readonly ParameterSpec[] {
  const outputs = kernelShape[outputAxis] ?? 1;
  const kernel: ParameterSpec = { name: "kernel", shape: kernelShape, initializer: "glorotUniform", trainable: true };
  const bias: ParameterSpec = { name: "bias", shape: [outputs], initializer: "zeros", trainable: true };
  const linear = useBias ? [kernel, bias] : [kernel];
  if (spectralNorm !== true) return linear;
  return [
    ...linear,
    { name: "u", shape: [outputs], initializer: "normal", trainable: false },
    { name: "v", shape: [sizeOf(kernelShape) / outputs], initializer: "zeros", trainable: false },
  ];
}
