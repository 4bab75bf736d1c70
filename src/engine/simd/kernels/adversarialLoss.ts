/** The adversarial losses: loss, scores and the gradient by the logits in one command. */
import { mul, type Tensor } from "@tensorflow/tfjs-core";
import { present } from "../../../shared/invariant.ts";
import type { LiveNumbers } from "../../liveNumbers.ts";
import type { Goal, LossTerm } from "../../operations/adversarialLoss.ts";
import * as op from "../opcodes.ts";
import { input, type SimdKernel } from "./kernel.ts";

const TERMS = {
  crossEntropy: op.CROSS_ENTROPY,
  squaredDistance: op.SQUARED_DISTANCE,
  hinge: op.HINGE,
  linear: op.LINEAR_TERM,
} as const satisfies Readonly<Record<LossTerm, number>>;

interface LossAttributes {
  readonly goals: readonly Goal[];
  readonly live: LiveNumbers<"realTarget" | "fakeTarget">;
}

/** Outputs are the loss, the scores of each group of logits, and the slopes. */
export const adversarialLoss: SimdKernel = {
  name: "DuelAdversarialLoss",
  run({ inputs, attrs, backend }) {
    const { goals, live } = attrs as unknown as LossAttributes;
    const logits = input(inputs, "logits");
    const batch = (logits.shape[0] ?? 0) / goals.length;
    const outputs = [backend.make([]), backend.make([goals.length]), backend.make(logits.shape)];
    const addresses = [logits, ...outputs].map((tensor) => backend.address(tensor));
    const terms = goals.map(({ term }) => TERMS[term]);
    backend.perform(op.JUDGE, 1, [...addresses, batch, goals.length, ...terms], () =>
      goals.flatMap(({ target, weight }) => [typeof target === "number" ? target : live.values[target], weight]),
    );
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
