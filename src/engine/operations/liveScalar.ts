/** A live number as a tensor, so that the operations of a recorded step can compute with it, and its portable twin. */
import { scalar, type Scalar } from "@tensorflow/tfjs-core";
import { drawn } from "../kernels.ts";
import type { LiveNumbers } from "../liveNumbers.ts";

/** The number of that name, [], as it stands whenever the step is run or replayed. It must be a float. */
export function liveScalar<Name extends string>(live: LiveNumbers<Name>, name: Name): Scalar {
  const fill = (values: Float32Array) => {
    values[0] = live.values[name];
  };
  const onDevice = drawn("DuelLiveScalar", { live, name }) ?? drawn("DuelHostNumbers", { shape: [], fill });
  return onDevice === null ? scalar(live.values[name]) : (onDevice as Scalar);
}
