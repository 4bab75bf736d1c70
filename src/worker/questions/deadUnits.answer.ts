/**
 * Which ReLUs of the generator are zero in all of some fresh samples. The doctor asks again and again, so one number a unit
 * is read back; `activity` reads every output, and tells more.
 */
import { max, reshape, tensor2d, tidy, type Tensor, type Tensor1D } from "@tensorflow/tfjs-core";
import { EVALUATION, forwardLayer } from "../../gan/network.ts";
import type { Run } from "../run.ts";
import type { Answerer } from "./answers.ts";
import type { DeadUnits } from "./deadUnits.question.ts";

const SAMPLES = 64;

export const deadUnits: Answerer<"deadUnits"> = async ({ trainer: { run } }) => {
  const layers: DeadUnits["layers"][number][] = [];
  for (const { layer, largest } of largestOutputs(run)) {
    try {
      const values = await largest.data<"float32">();
      layers.push({ layer, units: values.length, dead: values.filter((value) => value <= 0).length });
    } finally {
      largest.dispose();
    }
  }
  return { samples: SAMPLES, layers };
};

/** The largest output of each unit of each ReLU layer, [channels]. The caller frees them. */
function largestOutputs(run: Run): readonly { readonly layer: number; readonly largest: Tensor1D }[] {
  const { generator } = run.gan;
  const found: { layer: number; largest: Tensor1D }[] = [];
  tidy(() => {
    let x: Tensor = tensor2d(run.freshLatents(0, SAMPLES), [SAMPLES, run.latentSize]);
    for (const { index, activation } of generator.layers) {
      x = forwardLayer(generator, index, x, EVALUATION);
      if (activation?.type !== "reLU") continue;
      const channels = x.shape.at(-1) ?? 1;
      found.push({ layer: index, largest: max<Tensor1D>(reshape(x, [-1, channels]), 0) });
    }
    return found.map(({ largest }) => largest);
  });
  return found;
}
