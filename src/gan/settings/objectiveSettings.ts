/** The settings of what the players are paid for, and of how often each is. */
import type { Setting } from "./setting.ts";

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
        value: "relativisticAverage",
        label: "Relativistic average",
        help: "Each image is judged against the average of the other side, and the generator also makes real ones look less real.",
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
    path: "discriminatorSteps",
    label: "Discriminator steps",
    help: "Updates of the discriminator in each step. Wasserstein critics like 5; most duels are fair at 1; at 0 it stands still.",
    urlKey: "dSteps",
    group: "objective",
    player: "discriminator",
    range: [0, 10],
    scale: "linear",
    step: 1,
    integer: true,
    unit: "updates",
    applies: "live",
  },
  {
    kind: "number",
    path: "generatorSteps",
    label: "Generator steps",
    help: "Updates of the generator in each step, after the discriminator's. More than 1 helps one that cannot keep up; at 0 it stands still, and the discriminator learns all that can be told of it.",
    urlKey: "gSteps",
    group: "objective",
    player: "generator",
    range: [0, 10],
    scale: "linear",
    step: 1,
    integer: true,
    unit: "updates",
    applies: "live",
  },
];
