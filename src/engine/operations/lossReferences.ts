/** For tests: what the losses come to in float64, written as their definitions read. They know no backend. */
import type { Goal, LossTerm } from "./adversarialLoss.ts";

const sigmoid = (l: number) => 1 / (1 + Math.exp(-l));

const TERMS: Readonly<Record<LossTerm, { value(l: number, t: number): number; slope(l: number, t: number): number }>> =
  {
    crossEntropy: {
      value: (l, t) => Math.max(l, 0) + Math.log1p(Math.exp(-Math.abs(l))) - t * l,
      slope: (l, t) => sigmoid(l) - t,
    },
    squaredDistance: { value: (l, t) => 0.5 * (l - t) ** 2, slope: (l, t) => l - t },
    hinge: { value: (l, t) => Math.max(0, 1 - t * l), slope: (l, t) => (t * l < 1 ? -t : 0) },
    linear: { value: (l, t) => t * l, slope: (_, t) => t },
  };

/** The adversarial loss of logits [groups · batch], the mean score of each group, and the slope of the loss by each logit. */
export function judgedByDefinition(
  logits: Float32Array,
  goals: readonly Goal[],
  live: { readonly realTarget: number; readonly fakeTarget: number },
) {
  const batch = logits.length / goals.length;
  const groups = goals.map(({ term, target, weight }, group) => {
    const own = [...logits.slice(group * batch, (group + 1) * batch)];
    const t = typeof target === "number" ? target : live[target];
    return {
      cost: (own.reduce((sum, l) => sum + TERMS[term].value(l, t), 0) * weight) / batch,
      score: own.reduce((sum, l) => sum + sigmoid(l), 0) / batch,
      slopes: own.map((l) => (TERMS[term].slope(l, t) * weight) / batch),
    };
  });
  return {
    loss: groups.reduce((sum, { cost }) => sum + cost, 0),
    scores: groups.map(({ score }) => score),
    slopes: groups.flatMap(({ slopes }) => slopes),
  };
}

/** A classifier's loss of logits [groups · batch, classes], its accuracy in each group, and the slopes by the logits. */
export function classifiedByDefinition(
  logits: Float32Array,
  classOf: readonly number[],
  groups: number,
  classes: number,
) {
  const rows = classOf.length;
  const batch = rows / groups;
  const accuracies = new Array<number>(groups).fill(0);
  const slopes: number[] = [];
  let loss = 0;
  for (const [row, right] of classOf.entries()) {
    const own = [...logits.slice(row * classes, (row + 1) * classes)];
    const largest = Math.max(...own);
    const powers = own.map((logit) => Math.exp(logit - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    loss += (Math.log(sum) + largest - (own[right] ?? NaN)) / batch;
    slopes.push(...powers.map((power, k) => (power / sum - (k === right ? 1 : 0)) / batch));
    const group = Math.floor(row / batch);
    if (own.indexOf(largest) === right) accuracies[group] = (accuracies[group] ?? NaN) + 1 / batch;
  }
  return { loss, accuracies, slopes };
}
