/** Dropout (Srivastava et al. 2014) with a mask that is a function of a random key, and its portable twin. */
import { mul, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { uniform, type RandomKey } from "../../shared/random.ts";

/** Zeroes each element with probability `rate`, in [0, 1), and scales the others by 1 / (1 − rate). Any shape. */
export function dropout(x: Tensor, rate: number, key: RandomKey): Tensor {
  if (rate === 0) return x;
  const scale = 1 / (1 - rate);
  const mask = uniform(key, x.size).map((draw) => (draw < rate ? 0 : scale));
  return mul(x, tensor(mask, x.shape));
}
