/**
 * Images enlarged by repeating pixels. Written as broadcast products, because nearest-neighbour resizing in TensorFlow.js
 * cannot be differentiated twice.
 */
import { mul, ones, reshape, type Tensor4D } from "@tensorflow/tfjs-core";
import { fused } from "../kernels.ts";

/** [batch, height, width, channels] → [batch, height · size, width · size, channels]. */
export function upSampling2d(x: Tensor4D, size: number): Tensor4D {
  const output = fused("DuelUpSampling2d", { x }, { size });
  if (output !== null) return output as Tensor4D;
  const [batch, height, width, channels] = x.shape;
  const copies = ones([1, size, 1]);
  const wide = mul(reshape(x, [batch * height * width, 1, channels]), copies); // [pixels, size, channels]
  const rows = reshape(wide, [batch * height, 1, width * size * channels]);
  return reshape(mul(rows, copies), [batch, height * size, width * size, channels]);
}
