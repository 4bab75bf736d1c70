/** How well logits tell the class of each item, as a loss and as a share that is right, and its portable twin. */
import {
  argMax,
  cast,
  concat1d,
  customGrad,
  equal,
  exp,
  log,
  max,
  mean,
  mul,
  reshape,
  softmax,
  split,
  sub,
  sum,
  type GradSaveFunc,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { severalFused } from "../kernels.ts";

export interface Classified {
  /** Σ over the groups of the mean cross-entropy, log Σ eˡ − l of the right class. */
  readonly loss: Scalar;
  /** Share of each group whose largest logit is that of the right class, [groups]. */
  readonly accuracies: Tensor1D;
}

/** Judges logits [groups · batch, classes], one group after another, by labels of the same shape: 1 at the class, else 0. */
export function classification(logits: Tensor2D, labels: Tensor2D, groups: number): Classified {
  const [fusedLoss, fusedAccuracies] = severalFused("DuelClassification", { logits, labels }, { groups }) ?? [];
  if (fusedLoss !== undefined && fusedAccuracies !== undefined) {
    return { loss: fusedLoss as Scalar, accuracies: fusedAccuracies as Tensor1D };
  }
  const batch = logits.shape[0] / groups;
  const isRight = cast(equal(argMax(logits, 1), argMax(labels, 1)), "float32");
  const rights = groups === 1 ? [isRight] : split(isRight, groups);
  const accuracies = concat1d(rights.map((group) => reshape<Rank.R1>(mean(group), [1])));
  const loss = crossEntropy(labels, batch)(logits) as Scalar;
  return { loss, accuracies };
}

/** Its gradient is computed as a whole, so that nothing overflows: (softmax − labels) / batch. */
function crossEntropy(labels: Tensor2D, batch: number): (logits: Tensor) => Tensor {
  return customGrad((input, save) => {
    const logits = input as Tensor;
    (save as GradSaveFunc)([logits]);
    const largest = max(logits, 1, true);
    const entropy = log(sum(exp(sub(logits, largest)), 1, true));
    const right = mul(sub(sub(logits, largest), entropy), labels);
    return {
      value: mul(sum(right), -1 / batch),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        mul(sub(softmax(present(saved[0], "the logits")), labels), mul(dy, 1 / batch)),
    };
  });
}
