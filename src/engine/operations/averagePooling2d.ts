/**
 * Images made smaller by averaging squares of pixels. Written as means over reshaped images, because TensorFlow.js's own
 * average pooling cannot be differentiated twice.
 */
import { mean, reshape, type Tensor4D } from "@tensorflow/tfjs-core";

/** [batch, height, width, channels] → [batch, height / size, width / size, channels]; size must divide both sides. */
export function averagePooling2d(x: Tensor4D, size: number): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [rows, columns] = [height / size, width / size];
  const overRows = mean(reshape(x, [batch * rows, size, width * channels]), 1); // [batch · rows, width · channels]
  const overColumns = mean(reshape(overRows, [batch * rows * columns, size, channels]), 1);
  return reshape(overColumns, [batch, rows, columns, channels]);
}
