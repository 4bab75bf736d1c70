/** What the transposed convolutional layer makes of a shape. */
import { imageShape, sizeOf, type ShapeRule } from "./layerShape.ts";
import { linearParameters } from "./linearParameters.ts";

/** [height, width, channels] → [height · strides, width · strides, filters]; kernel [size, size, filters, channels]. */
export const conv2dTransposeShape: ShapeRule<"conv2dTranspose"> = (config, inputShape) => {
  const { filters, kernelSize, strides, ...options } = config;
  const [height, width, channels] = imageShape(inputShape);
  const kernel = [kernelSize, kernelSize, filters, channels];
  return {
    outputShape: [height * strides, width * strides, filters],
    parameters: linearParameters(kernel, 2, options),
    // The kernel is applied at every place of the input.
    multiplyAdds: sizeOf(kernel) * height * width,
  };
};
