/** The stages that a training step is told in, one row each: what a learner reads, and what it is about. It knows no component. */
import { formatCount } from "../shared/counts.ts";
import type { Phase } from "../gan/config.ts";
import type { SlowDisguise, SlowStep } from "../worker/questions/slowStep.question.ts";

/** The parts of the duel's picture that a stage can light up. */
export type DiagramPart = "noise" | "generator" | "fake" | "real" | "discriminator" | "fakeScore" | "realScore";

/** What a stage shows of the tensors. */
export type StageSight = "noise" | "fakes" | "reals" | "disguises" | "scores" | "loss" | "told" | "gradients" | "moves";

export interface Stage {
  readonly player: Phase;
  readonly label: string;
  readonly sight: StageSight;
  readonly lit: readonly DiagramPart[];
  /** Whether a step has the stage, where its player has an update at all; absent where it always does. */
  readonly when?: (step: SlowStep) => boolean;
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
      `${turn("The discriminator learns first", discriminator?.updates)}. ${String(batchSize)} times ${String(latentDim)} random numbers are drawn${discriminator?.classes ? ", and a class for each that the fake is to show" : ""}: all that the generator ever gets.`,
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
    caption: ({ batchSize, discriminator }) =>
      `Just as many real ones, ${String(batchSize)}, are taken from the data set${discriminator?.classes ? ", with their classes" : ""}.`,
  },
  {
    player: "discriminator",
    label: "Disguise both",
    sight: "disguises",
    lit: ["fake", "real"],
    when: ({ discriminator }) => discriminator !== null && discriminator.disguise !== null,
    caption: ({ discriminator }) =>
      `Before the discriminator looks, each is ${disguised(discriminator?.disguise)}, real and fake alike. It never sees one as it is, so that it cannot be too sure.`,
  },
  {
    player: "discriminator",
    label: "Score both",
    sight: "scores",
    lit: ["fake", "real", "discriminator", "fakeScore", "realScore"],
    caption: ({ discriminator }) =>
      `The discriminator scores each one: 0 is surely fake, 1 is surely real. It is not told which are which${told(discriminator)}.`,
  },
  {
    player: "discriminator",
    label: "Loss of the discriminator",
    sight: "loss",
    lit: ["fakeScore", "realScore"],
    caption: ({ discriminator }) =>
      `The loss makes one number of its mistakes, from the logits l, the scores before they are squeezed between 0 and 1. The target t says what it should have answered.${relative(discriminator)}${discriminator?.flips ? " A few labels are told the wrong way round on purpose, so that it trusts none too much." : ""}${named(discriminator)}`,
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
      `${turn("Now the generator learns", generator?.updates)}. It gets fresh noise${generator?.classes ? " and fresh classes" : ""}, and so makes fakes that the discriminator has never seen.`,
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
    label: "Disguise the fakes",
    sight: "disguises",
    lit: ["fake"],
    when: ({ generator }) => generator !== null && generator.disguise !== null,
    caption: ({ generator }) =>
      `These are ${disguised(generator?.disguise)} as well, or else the discriminator would know them by that alone. The gradient passes through all of it.`,
  },
  {
    player: "generator",
    label: "Score the fakes",
    sight: "scores",
    lit: ["fake", "discriminator", "fakeScore"],
    caption: ({ generator }) =>
      `The discriminator, which has just learnt, scores the new fakes${generator?.reals ? ", and real ones beside them" : ""}. Its own weights stay from here on.`,
  },
  {
    player: "generator",
    label: "Loss of the generator",
    sight: "loss",
    lit: ["fakeScore"],
    caption: ({ generator }) =>
      `The generator's loss is lower the more real its fakes seem to the discriminator.${relative(generator)}${named(generator)}`,
  },
  {
    player: "generator",
    label: "Back through the discriminator",
    sight: "told",
    lit: ["discriminator", "fake"],
    caption: ({ generator }) =>
      `The gradient runs back through the discriminator${generator?.disguise ? " and the disguise" : ""} to the fakes. It says what to change in each to lower the loss. The generator never sees real data: this is all that it is told.`,
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
      `The optimiser moves the generator's weights, and step ${formatCount(step)} is done. Training is this, over and over.`,
  },
];

function turn(beginning: string, updates = 1): string {
  return updates === 1 ? beginning : `${beginning}, ${String(updates)} times in this step; this is the last`;
}

type Update = SlowStep["discriminator"] | SlowStep["generator"];

/** What a discriminator is asked besides, where there are classes. */
function told(update: Update): string {
  if (!update?.classes) return "";
  return update.classLoss === null
    ? ", but what class each is to be of"
    : ", and says of what class it takes each to be";
}

/** Where a loss measures each side by the other. */
function relative(update: Update): string {
  return update?.relative === true ? " Here l is how far a logit lies above the average of the other side." : "";
}

/** Where a classifier adds to the loss. */
function named(update: Update): string {
  if (typeof update?.classLoss !== "number") return "";
  return " The classifier adds to it, the more the less it believes in the class that each was to show.";
}

const CHANGES: Readonly<Record<SlowDisguise["augmentations"][number], string>> = {
  brightness: "made lighter or darker",
  translation: "moved",
  cutout: "cut",
};

function disguised(disguise: SlowDisguise | null | undefined): string {
  if (!disguise) return "";
  const changes = disguise.augmentations.map((name) => CHANGES[name]);
  const all = disguise.noise === 0 ? changes : [...changes, `blurred by noise of ${formatNoise(disguise.noise)}`];
  return [all.slice(0, -1).join(", "), all.at(-1)].filter(Boolean).join(" and ");
}

function formatNoise(noise: number): string {
  return noise.toLocaleString("en", { maximumSignificantDigits: 2 });
}

/** The stages that a step has: those of a player without an update are left out. */
export function stagesOf(step: SlowStep): readonly Stage[] {
  return STAGES.filter(({ player, when }) => step[player] !== null && when?.(step) !== false);
}
