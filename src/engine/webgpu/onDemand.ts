/**
 * Gradients that share one kernel, which runs only if one of them is asked for. TensorFlow.js asks for each by a function
 * of its own, in a tidy of its own; so the tensors are made before, where whoever does not need them frees them.
 */
import { engine, type Tensor } from "@tensorflow/tfjs-core";
import { emptyTensor } from "./program.ts";

/** One function for each shape; the first call fills all tensors. Their buffers come with the kernel. */
export function filledOnDemand(
  shapes: readonly (readonly number[])[],
  fill: (targets: readonly Tensor[]) => void,
): readonly (() => Tensor)[] {
  const targets = shapes.map((shape) => engine().makeTensorFromTensorInfo(emptyTensor(shape)));
  let filled = false;
  return targets.map((target) => () => {
    if (!filled) fill(targets);
    filled = true;
    return target;
  });
}
