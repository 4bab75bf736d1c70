/** The settings of what the players are paid for, and of what holds the discriminator. */
import type { Config } from "../config.ts";
import type { Setting } from "./setting.ts";

/** Whether the loss has targets that labels may soften; hinge and Wasserstein losses know sides only. */
function hasLabels({ loss }: Config): boolean {
  return loss !== "hinge" && loss !== "wasserstein";
}

export const OBJECTIVE_SETTINGS: readonly Setting[] = [
  {
    kind: "choice",
    path: "loss",
    label: "Loss",
    help: "What each player is paid for. It decides how much a losing generator can still learn.",
    urlKey: "loss",
    group: "objective",
    player: "both",
    applies: "rebuild",
    options: [
      {
        value: "nonSaturating",
        label: "Non-saturating",
        help: "The generator is rewarded for being believed, so it learns even while it is losing badly.",
      },
      {
        value: "minimax",
        label: "Minimax",
        help: "The game as first written: the generator lowers the odds of being caught, and learns nothing once it always is.",
      },
      {
        value: "leastSquares",
        label: "Least squares",
        help: "Scores are pulled to targets, so even fakes on the right side are drawn towards the real data.",
      },
      {
        value: "hinge",
        label: "Hinge",
        help: "The discriminator stops pushing once a sample is on the right side by a margin of one.",
      },
      {
        value: "wasserstein",
        label: "Wasserstein",
        help: "The critic measures a distance. It needs a leash: weight clipping or a gradient penalty.",
      },
    ],
  },
  {
    kind: "number",
    path: "labelSmoothing",
    label: "Label smoothing",
    help: "What the discriminator is told to answer for real images: 1 is certainty. At 0.9 it stays a little in doubt.",
    urlKey: "smoothing",
    group: "objective",
    player: "real",
    range: [0.5, 1],
    scale: "linear",
    step: 0.01,
    unit: "",
    applies: "live",
    when: hasLabels,
  },
  {
    kind: "number",
    path: "discriminatorSteps",
    label: "Discriminator steps",
    help: "Updates of the discriminator for each one of the generator. Wasserstein critics like 5; most duels are fair at 1.",
    urlKey: "dSteps",
    group: "objective",
    player: "discriminator",
    range: [1, 10],
    scale: "linear",
    step: 1,
    integer: true,
    unit: "updates",
    applies: "live",
  },
  {
    kind: "choice",
    path: "gradientPenalty.type",
    label: "Gradient penalty",
    help: "Keeps the discriminator's slope in check, so that the generator always has a direction to follow.",
    urlKey: "penalty",
    group: "objective",
    player: "discriminator",
    applies: "rebuild",
    options: [
      { value: "none", label: "None", help: "The discriminator may be as steep as it likes." },
      { value: "wganGp", label: "WGAN-GP", help: "Slopes between real and fake images are pulled to exactly one." },
      { value: "r1", label: "R1", help: "Slopes at real images are pulled to zero." },
    ],
  },
  {
    kind: "number",
    path: "gradientPenalty.weight",
    label: "Penalty weight",
    help: "How strongly the gradient penalty pulls. WGAN-GP was published with 10; R1 on small images likes about 1.",
    urlKey: "penaltyWeight",
    group: "objective",
    player: "discriminator",
    range: [0.01, 100],
    scale: "log",
    unit: "",
    applies: "rebuild",
  },
  {
    kind: "number",
    path: "weightClip",
    label: "Weight clip",
    help: "Clamps every weight of the discriminator to this distance from zero. The first Wasserstein GAN used 0.01.",
    urlKey: "clip",
    group: "objective",
    player: "discriminator",
    range: [0.001, 1],
    scale: "log",
    unit: "",
    whenSwitchedOn: 0.01,
    applies: "live",
  },
];
