/** What the convolutional layer makes of a shape. */
import { imageShape, sizeOf, type ShapeRule } from "./layerShape.ts";
import { linearParameters } from "./linearParameters.ts";

/** [height, width, channels] → [⌈height / strides⌉, ⌈width / strides⌉, filters]; kernel [size, size, channels, filters]. */
export const conv2dShape: ShapeRule<"conv2d"> = ({ filters, kernelSize, strides, ...options }, inputShape) => {
  const [height, width, channels] = imageShape(inputShape);
  const [outHeight, outWidth] = [Math.ceil(height / strides), Math.ceil(width / strides)];
  const kernel = [kernelSize, kernelSize, channels, filters];
  return {
    outputShape: [outHeight, outWidth, filters],
    parameters: linearParameters(kernel, 3, options),
    // The kernel is applied at every place of the output.
    multiplyAdds: sizeOf(kernel) * outHeight * outWidth,
  };
};
