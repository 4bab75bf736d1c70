/** The losses on WebGPU: loss, scores and the gradient by the logits in one dispatch. */
import { clone, mul, registerKernel, type Tensor } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import type { LiveNumbers } from "../liveNumbers.ts";
import { float } from "../webgpu/activation.wgsl.ts";
import { isHostOne } from "../webgpu/internals.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";
import { LOSS_LIVE, type Goal, type LossTerm } from "./adversarialLoss.ts";

/** Each term and its slope by the logit `l`, given a target `t`. */
const TERMS: Readonly<Record<LossTerm, { readonly value: string; readonly slope: string }>> = {
  crossEntropy: { value: "max(l, 0) + log(1 + exp(-abs(l))) - t * l", slope: "score(l) - t" },
  squaredDistance: { value: "0.5 * (l - t) * (l - t)", slope: "l - t" },
  hinge: { value: "max(0, 1 - t * l)", slope: "select(0.0, -t, t * l < 1)" },
  linear: { value: "t * l", slope: "t" },
};

/** One workgroup; each thread sums every 64th logit of a group, and the first one adds up what they found. */
const WORKGROUP_SIZE = 64;

interface LossParameters {
  readonly goals: readonly Goal[];
  readonly batch: number;
}

const judge = defineKernel("DuelAdversarialLoss", ({ goals, batch }: LossParameters) => {
  const usesLive = goals.some(({ target }) => typeof target !== "number");
  return {
    writes: { loss: "f32", scores: "f32", slopes: "f32" },
    reads: { logits: "f32" },
    ...(usesLive ? { live: LOSS_LIVE } : {}),
    threads: WORKGROUP_SIZE,
    workgroupSize: WORKGROUP_SIZE,
    cooperative: true,
    code: `
var<workgroup> costs: array<f32, ${WORKGROUP_SIZE * goals.length}>;
var<workgroup> believed: array<f32, ${WORKGROUP_SIZE * goals.length}>;
fn score(l: f32) -> f32 { return 1 / (1 + exp(-l)); }
${goals.map((goal, group) => groupWgsl(goal, group, batch)).join("\n")}
fn run(i: u32) {
  ${goals.map((_, group) => `judge${group}(i);`).join(" ")}
  workgroupBarrier();
  if (i > 0u) { return; }
  var total = 0.0;
  ${goals.map(({ weight }, group) => totalWgsl(weight, group, batch)).join("\n  ")}
  loss[0] = total;
}`,
  };
});

function groupWgsl({ term, target, weight }: Goal, group: number, batch: number): string {
  const { value, slope } = TERMS[term];
  const slot = `${group * WORKGROUP_SIZE}u + i`;
  return `fn judge${group}(i: u32) {
  let t = ${typeof target === "number" ? float(target) : `${target}()`};
  var cost = 0.0;
  var belief = 0.0;
  for (var row = i; row < ${batch}u; row += ${WORKGROUP_SIZE}u) {
    let l = logits[${group * batch}u + row];
    cost += ${value};
    belief += score(l);
    slopes[${group * batch}u + row] = (${slope}) * ${float(weight / batch)};
  }
  costs[${slot}] = cost;
  believed[${slot}] = belief;
}`;
}

function totalWgsl(weight: number, group: number, batch: number): string {
  return `{
    var cost = 0.0;
    var belief = 0.0;
    for (var slot = ${group * WORKGROUP_SIZE}u; slot < ${(group + 1) * WORKGROUP_SIZE}u; slot++) {
      cost += costs[slot];
      belief += believed[slot];
    }
    total += cost * ${float(weight)} / ${float(batch)};
    scores[${group}] = belief / ${float(batch)};
  }`;
}

interface LossAttributes {
  readonly goals: readonly Goal[];
  readonly live: LiveNumbers;
}

/** Brings the kernel and its gradient to the WebGPU backend. */
export function registerAdversarialLoss(): void {
  registerKernel({
    kernelName: "DuelAdversarialLoss",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const { goals, live } = attrs as unknown as LossAttributes;
      const logits = present(inputs.logits, "the logits");
      const batch = (logits.shape[0] ?? 0) / goals.length;
      const outputs = [emptyTensor([]), emptyTensor([goals.length]), emptyTensor(logits.shape)];
      const usesLive = goals.some(({ target }) => typeof target !== "number");
      judge.run({ goals, batch }, [...outputs, logits], usesLive ? live : undefined);
      return outputs;
    },
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelAdversarialLoss",
    outputsToSave: [false, false, true],
    gradFunc: (dys, [saved]) => {
      const dLoss = present((dys as Tensor[])[0], "the gradient by the loss");
      const slopes = present(saved, "the slopes");
      return { logits: () => (isHostOne(dLoss) ? clone(slopes) : mul(slopes, dLoss)) };
    },
  });
}
