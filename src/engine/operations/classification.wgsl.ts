/** The classifier's loss on WebGPU: loss, accuracies and the gradient by the logits in one dispatch. */
import { clone, mul, registerKernel, type Tensor } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import { isHostOne } from "../webgpu/internals.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";

/** One workgroup; each thread judges every 64th item of a group, and the first one adds up what they found. */
const WORKGROUP_SIZE = 64;

interface ClassificationParameters {
  readonly groups: number;
  readonly batch: number;
  readonly classes: number;
}

const classify = defineKernel("DuelClassification", ({ groups, batch, classes }: ClassificationParameters) => ({
  writes: { loss: "f32", accuracies: "f32", slopes: "f32" },
  reads: { logits: "f32", labels: "f32" },
  threads: WORKGROUP_SIZE,
  workgroupSize: WORKGROUP_SIZE,
  cooperative: true,
  code: `
var<workgroup> costs: array<f32, ${WORKGROUP_SIZE * groups}>;
var<workgroup> hits: array<f32, ${WORKGROUP_SIZE * groups}>;
struct Found { cost: f32, hit: f32 }
fn judge(row: u32) -> Found {
  let first = row * ${classes}u;
  var best = 0u;
  var right = 0u;
  for (var k = 1u; k < ${classes}u; k++) {
    if (logits[first + k] > logits[first + best]) { best = k; }
    if (labels[first + k] > labels[first + right]) { right = k; }
  }
  let largest = logits[first + best];
  var sum = 0.0;
  for (var k = 0u; k < ${classes}u; k++) { sum += exp(logits[first + k] - largest); }
  for (var k = 0u; k < ${classes}u; k++) {
    slopes[first + k] = (exp(logits[first + k] - largest) / sum - labels[first + k]) / ${batch}.0;
  }
  return Found(log(sum) + largest - logits[first + right], select(0.0, 1.0, best == right));
}
fn run(i: u32) {
  for (var group = 0u; group < ${groups}u; group++) {
    var found = Found();
    for (var row = i; row < ${batch}u; row += ${WORKGROUP_SIZE}u) {
      let one = judge(group * ${batch}u + row);
      found.cost += one.cost;
      found.hit += one.hit;
    }
    costs[group * ${WORKGROUP_SIZE}u + i] = found.cost;
    hits[group * ${WORKGROUP_SIZE}u + i] = found.hit;
  }
  workgroupBarrier();
  if (i > 0u) { return; }
  var cost = 0.0;
  for (var group = 0u; group < ${groups}u; group++) {
    var hit = 0.0;
    for (var slot = group * ${WORKGROUP_SIZE}u; slot < (group + 1u) * ${WORKGROUP_SIZE}u; slot++) {
      cost += costs[slot];
      hit += hits[slot];
    }
    accuracies[group] = hit / ${batch}.0;
  }
  loss[0] = cost / ${batch}.0;
}`,
}));

/** Brings the kernel and its gradient to the WebGPU backend. */
export function registerClassification(): void {
  registerKernel({
    kernelName: "DuelClassification",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const { groups } = attrs as unknown as { readonly groups: number };
      const [logits, labels] = [present(inputs.logits, "the logits"), present(inputs.labels, "the labels")];
      const [rows = 0, classes = 0] = logits.shape;
      const outputs = [emptyTensor([]), emptyTensor([groups]), emptyTensor(logits.shape)];
      classify.run({ groups, batch: rows / groups, classes }, [...outputs, logits, labels]);
      return outputs;
    },
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelClassification",
    outputsToSave: [false, false, true],
    gradFunc: (dys, [saved]) => {
      const dLoss = present((dys as Tensor[])[0], "the gradient by the loss");
      const slopes = present(saved, "the slopes");
      return { logits: () => (isHostOne(dLoss) ? clone(slopes) : mul(slopes, dLoss)) };
    },
  });
}
