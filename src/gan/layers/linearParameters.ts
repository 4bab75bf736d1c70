/** The parameters that dense and convolutional layers share. */
import type { ParameterSpec, Shape } from "./layer.ts";

/** A kernel of that shape and, where wanted, one bias for each output. */
export function linearParameters(kernelShape: Shape, outputs: number, useBias: boolean): readonly ParameterSpec[] {
  const kernel: ParameterSpec = { name: "kernel", shape: kernelShape, initializer: "glorotUniform", trainable: true };
  const bias: ParameterSpec = { name: "bias", shape: [outputs], initializer: "zeros", trainable: true };
  return useBias ? [kernel, bias] : [kernel];
}
