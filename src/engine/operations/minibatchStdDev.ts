/**
 * How much the items of a batch differ, as one more feature of each (Karras et al. 2018, section 3): a discriminator that
 * sees it catches a generator that always makes the same.
 */
import {
  add,
  concat,
  mean,
  mul,
  ones,
  reshape,
  sqrt,
  square,
  sub,
  type Tensor,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";

/** Keeps the slope of the root finite where all items are alike. */
const SMALLEST_VARIANCE = 1e-8;

/**
 * [batch, …, features] → [batch, …, features + 1]. The new feature is, for a whole group of items that follow each other,
 * the standard deviation of each number over the group, averaged over all numbers. Can be differentiated twice.
 *
 * @param groupSize items in a group, a divisor of the batch
 */
export function minibatchStdDev(x: Tensor, groupSize: number): Tensor {
  const [batch = 1] = x.shape;
  const groups: Tensor3D = reshape(x, [batch / groupSize, groupSize, x.size / batch]);
  const variance = mean(square(sub(groups, mean(groups, 1, true))), 1, true);
  const deviation = mean(sqrt(add(variance, SMALLEST_VARIANCE)), 2, true); // [groups, 1, 1]
  const places = x.size / batch / present(x.shape.at(-1), "the feature dimension");
  const feature = mul(deviation, ones([1, groupSize, places]));
  return concat([x, reshape(feature, [...x.shape.slice(0, -1), 1])], x.rank - 1);
}
