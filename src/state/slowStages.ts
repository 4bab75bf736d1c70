/** The stages that a training step is told in, one row each: what a learner reads, and what it is about. It knows no component. */
import type { Phase } from "../gan/config.ts";
import type { SlowStep } from "../worker/questions/slowStep.question.ts";

/** The parts of the duel's picture that a stage can light up. */
export type DiagramPart = "noise" | "generator" | "fake" | "real" | "discriminator" | "fakeScore" | "realScore";

/** What a stage shows of the tensors. */
export type StageSight = "noise" | "fakes" | "reals" | "scores" | "loss" | "told" | "gradients" | "moves";

export interface Stage {
  readonly player: Phase;
  readonly label: string;
  readonly sight: StageSight;
  readonly lit: readonly DiagramPart[];
  readonly caption: (step: SlowStep) => string;
}

/** In the order of the algorithm: the discriminator's half of the step, then the generator's. */
export const STAGES: readonly Stage[] = [
  {
    player: "discriminator",
    label: "Draw noise",
    sight: "noise",
    lit: ["noise"],
    caption: ({ batchSize, latentDim, discriminator }) =>
      `${turn("The discriminator learns first", discriminator?.updates)}. ${String(batchSize)} times ${String(latentDim)} random numbers are drawn: all that the generator ever gets.`,
  },
  {
    player: "discriminator",
    label: "Generate",
    sight: "fakes",
    lit: ["noise", "generator", "fake"],
    caption: () => "The generator makes a fake of each draw. In this half of the step its weights stay as they are.",
  },
  {
    player: "discriminator",
    label: "Draw real",
    sight: "reals",
    lit: ["real"],
    caption: ({ batchSize }) => `Just as many real ones, ${String(batchSize)}, are taken from the data set.`,
  },
  {
    player: "discriminator",
    label: "Score both",
    sight: "scores",
    lit: ["fake", "real", "discriminator", "fakeScore", "realScore"],
    caption: () =>
      "The discriminator scores each one: 0 is surely fake, 1 is surely real. It is not told which are which.",
  },
  {
    player: "discriminator",
    label: "Loss of the discriminator",
    sight: "loss",
    lit: ["fakeScore", "realScore"],
    caption: () =>
      "The loss makes one number of its mistakes, from the logits l, the scores before they are squeezed between 0 and 1. The target t says what it should have answered.",
  },
  {
    player: "discriminator",
    label: "Gradients of the discriminator",
    sight: "gradients",
    lit: ["discriminator"],
    caption: () =>
      "Backpropagation asks of every weight: if it grew a little, how much would the loss grow? The bars are the lengths of the answers, layer by layer.",
  },
  {
    player: "discriminator",
    label: "Update the discriminator",
    sight: "moves",
    lit: ["discriminator"],
    caption: () =>
      "The optimiser moves the weights a little against the gradient. The bars say how far each layer moved, beside the length of its weights.",
  },
  {
    player: "generator",
    label: "Draw new noise",
    sight: "noise",
    lit: ["noise"],
    caption: ({ generator }) =>
      `${turn("Now the generator learns", generator?.updates)}. It gets fresh noise, and so makes fakes that the discriminator has never seen.`,
  },
  {
    player: "generator",
    label: "Generate again",
    sight: "fakes",
    lit: ["noise", "generator", "fake"],
    caption: () => "The generator makes a fake of each new draw. This time it will have to answer for them.",
  },
  {
    player: "generator",
    label: "Score the fakes",
    sight: "scores",
    lit: ["fake", "discriminator", "fakeScore"],
    caption: () => "The discriminator, which has just learnt, scores the new fakes. Its own weights stay from here on.",
  },
  {
    player: "generator",
    label: "Loss of the generator",
    sight: "loss",
    lit: ["fakeScore"],
    caption: () => "The generator's loss is lower the more real its fakes seem to the discriminator.",
  },
  {
    player: "generator",
    label: "Back through the discriminator",
    sight: "told",
    lit: ["discriminator", "fake"],
    caption: () =>
      "The gradient runs back through the discriminator to the fakes. It says what to change in each to lower the loss. The generator never sees real data: this is all that it is told.",
  },
  {
    player: "generator",
    label: "Gradients of the generator",
    sight: "gradients",
    lit: ["generator"],
    caption: () =>
      "From the fakes the gradient runs on into the generator, to every weight that had a part in them. The bars are its lengths, layer by layer.",
  },
  {
    player: "generator",
    label: "Update the generator",
    sight: "moves",
    lit: ["generator"],
    caption: ({ step }) =>
      `The optimiser moves the generator's weights, and step ${step.toLocaleString("en")} is done. Training is this, over and over.`,
  },
];

function turn(beginning: string, updates = 1): string {
  return updates === 1 ? beginning : `${beginning}, ${String(updates)} times in this step; this is the last`;
}

/** The stages that a step has: those of a player without an update are left out. */
export function stagesOf(step: SlowStep): readonly Stage[] {
  return STAGES.filter(({ player }) => step[player] !== null);
}
