/** The convolution and its transpose as layers: bias and activation at the end, and their gradients. */
import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant, present } from "../../../shared/invariant.ts";
import { convolve, filterGradient, inputGradient } from "./convolution.ts";
import { geometryOf, type Geometry } from "./convolutionGeometry.ts";
import { epilogueOf, NO_EPILOGUE } from "./epilogue.ts";
import { input, type SimdKernel } from "./kernel.ts";
import { layerGradient, type LayerAttributes } from "./layerGradient.ts";

interface ConvolutionAttributes extends LayerAttributes {
  readonly strides: number;
}

/** The convolution of images of that shape, "same" padding. */
function convolutionOf(imageShape: readonly number[], filterShape: readonly number[], strides: number): Geometry {
  const geometry = geometryOf(imageShape, filterShape, { strides, pad: "same" });
  invariant(geometry !== undefined, "a plain convolution has a geometry");
  return geometry;
}

/** The convolution that a transposed one is the input gradient of: its images are the transposed one's output. */
function transposedOf(xShape: readonly number[], filterShape: readonly number[], strides: number): Geometry {
  const [batch = 1, height = 1, width = 1] = xShape;
  return convolutionOf([batch, height * strides, width * strides, filterShape[2] ?? 1], filterShape, strides);
}

const conv2d: SimdKernel = {
  name: "DuelConv2d",
  run({ inputs, attrs, backend }) {
    const [x, kernel] = [input(inputs, "x"), input(inputs, "kernel")];
    const { strides, activation } = attrs as unknown as ConvolutionAttributes;
    const geometry = convolutionOf(x.shape, kernel.shape, strides);
    return convolve(backend, x, kernel, geometry, epilogueOf(backend, inputs.bias, activation));
  },
  gradient: {
    inputsToSave: ["x", "kernel"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      const [x, kernel, y] = [present(saved[0], "x"), present(saved[1], "the kernel"), present(saved[2], "y")];
      const attributes = attrs as unknown as ConvolutionAttributes;
      const geometry = convolutionOf(x.shape, kernel.shape, attributes.strides);
      return layerGradient(dy as Tensor, y, attributes, {
        x: (backend, dz) => inputGradient(backend, dz, kernel, geometry, NO_EPILOGUE),
        kernel: (backend, dz) => filterGradient(backend, x, dz, geometry),
      });
    },
  },
};

const conv2dTranspose: SimdKernel = {
  name: "DuelConv2dTranspose",
  run({ inputs, attrs, backend }) {
    const [x, kernel] = [input(inputs, "x"), input(inputs, "kernel")];
    const { strides, activation } = attrs as unknown as ConvolutionAttributes;
    const geometry = transposedOf(x.shape, kernel.shape, strides);
    return inputGradient(backend, x, kernel, geometry, epilogueOf(backend, inputs.bias, activation));
  },
  gradient: {
    inputsToSave: ["x", "kernel"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      const [x, kernel, y] = [present(saved[0], "x"), present(saved[1], "the kernel"), present(saved[2], "y")];
      const attributes = attrs as unknown as ConvolutionAttributes;
      const geometry = transposedOf(x.shape, kernel.shape, attributes.strides);
      return layerGradient(dy as Tensor, y, attributes, {
        x: (backend, dz) => convolve(backend, dz, kernel, geometry, NO_EPILOGUE),
        kernel: (backend, dz) => filterGradient(backend, dz, x, geometry),
      });
    },
  },
};

export const CONVOLUTION_LAYERS: readonly SimdKernel[] = [conv2d, conv2dTranspose];
