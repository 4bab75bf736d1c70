/** The settings of each player's optimiser. */
import type { Setting } from "./setting.ts";

const OPTIMIZER_OPTIONS = [
  { value: "adam", label: "Adam", help: "A step of its own for every weight. What nearly every GAN uses." },
  { value: "rmsprop", label: "RMSProp", help: "Adam without momentum: the choice of the first Wasserstein GAN." },
  { value: "sgd", label: "SGD", help: "The plain gradient with momentum. Honest, slow, easy to reason about." },
] as const;

export function optimizerSettings(player: "generator" | "discriminator", letter: "g" | "d"): readonly Setting[] {
  const name = player === "generator" ? "Generator" : "Discriminator";
  const other = player === "generator" ? "discriminator" : "generator";
  const base = { group: player, player } as const;
  return [
    {
      ...base,
      kind: "choice",
      path: `optimizer.${player}.type`,
      label: `${name} optimizer`,
      help: `The rule that turns the ${player}'s gradient into a change of its weights. Start with Adam.`,
      urlKey: `${letter}Optimizer`,
      applies: "rebuild",
      options: OPTIMIZER_OPTIONS,
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.learningRate`,
      label: `${name} learning rate`,
      help: `How far the ${player} moves on each update. Too high and it thrashes; too low and the ${other} runs away from it.`,
      urlKey: `${letter}LearningRate`,
      range: [1e-6, 1e-1],
      scale: "log",
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.beta1`,
      label: `${name} β₁`,
      help: "How long Adam remembers the direction it was going. GANs prefer 0.5 to the usual 0.9: the target moves.",
      urlKey: `${letter}Beta1`,
      range: [0, 0.99],
      scale: "linear",
      step: 0.01,
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.beta2`,
      label: `${name} β₂`,
      help: "How long Adam remembers the size of gradients. Lower it, to 0.9 say, if training lurches after quiet spells.",
      urlKey: `${letter}Beta2`,
      range: [0.5, 0.9999],
      scale: "linear",
      step: 0.0001,
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.decay`,
      label: `${name} decay`,
      help: "How long RMSProp remembers the size of gradients. Closer to 1 is smoother and slower to react.",
      urlKey: `${letter}Decay`,
      range: [0.5, 0.999],
      scale: "linear",
      step: 0.001,
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `optimizer.${player}.momentum`,
      label: `${name} momentum`,
      help: "How much of the last move is made again. In a duel, momentum can turn circling into flying apart: try 0.",
      urlKey: `${letter}Momentum`,
      range: [0, 0.99],
      scale: "linear",
      step: 0.01,
      unit: "",
      applies: "live",
    },
    {
      ...base,
      kind: "number",
      path: `gradientClip.${player}`,
      label: `${name} gradient clip`,
      help: `Shortens the ${player}'s gradient to this length where it is longer, so that no update can throw it far off.`,
      urlKey: `${letter}GradientClip`,
      range: [0.01, 100],
      scale: "log",
      unit: "",
      whenSwitchedOn: 1,
      applies: "live",
    },
  ];
}

/** What both players' learning rates have in common. */
export const SCHEDULE_SETTINGS: readonly Setting[] = [
  {
    kind: "choice",
    path: "learningRateSchedule",
    label: "Learning rate schedule",
    help: "Whether both learning rates shrink as the run goes on. Smaller moves at the end let the duel settle instead of circling.",
    urlKey: "schedule",
    group: "objective",
    player: "both",
    applies: "live",
    options: [
      { value: "constant", label: "Constant", help: "The rates stay as they are set." },
      { value: "linear", label: "Linear", help: "The rates fall evenly to zero, and training then stands still." },
      {
        value: "cosine",
        label: "Cosine",
        help: "Slow to fall at first and at the end, fast between; zero at its end.",
      },
    ],
  },
  {
    kind: "number",
    path: "scheduleSteps",
    label: "Schedule length",
    help: "After how many steps the schedule has brought the learning rates to zero. Lengthen it to go on.",
    urlKey: "scheduleSteps",
    group: "objective",
    player: "both",
    range: [10, 1_000_000],
    scale: "log",
    integer: true,
    unit: "steps",
    applies: "live",
    when: ({ learningRateSchedule }) => learningRateSchedule !== "constant",
  },
];
