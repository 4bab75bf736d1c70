/** The classifier's loss: loss, accuracies and the gradient by the logits in one command. */
import { mul, type Tensor } from "@tensorflow/tfjs-core";
import { present } from "../../../shared/invariant.ts";
import * as op from "../opcodes.ts";
import { input, type SimdKernel } from "./kernel.ts";

/** Outputs are the loss, the accuracy of each group of logits, and the slopes. */
export const classification: SimdKernel = {
  name: "DuelClassification",
  run({ inputs, attrs, backend }) {
    const { groups } = attrs as unknown as { readonly groups: number };
    const [logits, labels] = [input(inputs, "logits"), input(inputs, "labels")];
    const [rows = 0, classes = 0] = logits.shape;
    const outputs = [backend.make([]), backend.make([groups]), backend.make(logits.shape)];
    const addresses = [logits, labels, ...outputs].map((tensor) => backend.address(tensor));
    backend.perform(op.CLASSIFY, 1, [...addresses, rows / groups, groups, classes]);
    return outputs;
  },
  gradient: {
    outputsToSave: [false, false, true],
    gradFunc: (dys, [slopes]) => {
      const dLoss = present((dys as Tensor[])[0], "the gradient by the loss");
      return { logits: () => mul(present(slopes, "the slopes"), dLoss) };
    },
  },
};
