/** The settings of each player's optimiser. */
import type { NumberSetting, Setting } from "./setting.ts";

const OPTIMIZER_OPTIONS = [
  { value: "adam", label: "Adam", help: "A step of its own for every weight. What nearly every GAN uses." },
  {
    value: "adamw",
    label: "AdamW",
    help: "Adam with weights that shrink a little at every update, so that none grows large for nothing.",
  },
  {
    value: "lion",
    label: "Lion",
    help: "Every weight moves by the same length, up or down. Give it a third to a tenth of Adam's learning rate.",
  },
  { value: "rmsprop", label: "RMSProp", help: "Adam without momentum: the choice of the first Wasserstein GAN." },
  { value: "sgd", label: "SGD", help: "The plain gradient with momentum. Honest, slow, easy to reason about." },
  { value: "nesterov", label: "Nesterov", help: "SGD with momentum that looks one move ahead before it turns." },
] as const;

/** A number that the rule of some optimisers has beside the learning rate. */
interface RuleNumber extends Pick<NumberSetting, "range" | "step" | "help"> {
  /** Its field in the config of an optimiser; the URL key is the same after the player's letter. */
  readonly field: string;
  readonly label: string;
}

const RULE_NUMBERS: readonly RuleNumber[] = [
  {
    field: "beta1",
    label: "β₁",
    help: "How long the direction of the last moves is remembered. GANs prefer 0.5 to the usual 0.9: the target moves.",
    range: [0, 0.99],
    step: 0.01,
  },
  {
    field: "beta2",
    label: "β₂",
    help: "How long Adam remembers the size of gradients, and Lion their direction. Lower it, to 0.9 say, if training lurches after quiet spells.",
    range: [0.5, 0.9999],
    step: 0.0001,
  },
  {
    field: "weightDecay",
    label: "weight decay",
    help: "How strongly every weight is drawn to zero, times the learning rate. At 0 it is left alone.",
    range: [0, 1],
    step: 0.001,
  },
  {
    field: "decay",
    label: "decay",
    help: "How long RMSProp remembers the size of gradients. Closer to 1 is smoother and slower to react.",
    range: [0.5, 0.999],
    step: 0.001,
  },
  {
    field: "momentum",
    label: "momentum",
    help: "How much of the last move is made again. In a duel, momentum can turn circling into flying apart: try 0.",
    range: [0, 0.99],
    step: 0.01,
  },
];

/** What one player's updates are made by. `letter` is what the URL keys of its settings begin with. */
export function optimizerSettings(player: "generator" | "discriminator", letter: "g" | "d"): readonly Setting[] {
  const [name, other] =
    player === "generator" ? (["Generator", "discriminator"] as const) : (["Discriminator", "generator"] as const);
  const number = { group: player, player, kind: "number", unit: "", applies: "live" } as const;
  return [
    {
      group: player,
      player,
      kind: "choice",
      path: `optimizer.${player}.type`,
      label: `${name} optimizer`,
      help: `The rule that turns the ${player}'s gradient into a change of its weights. Start with Adam.`,
      urlKey: `${letter}Optimizer`,
      applies: "rebuild",
      options: OPTIMIZER_OPTIONS,
    },
    {
      ...number,
      path: `optimizer.${player}.learningRate`,
      label: `${name} learning rate`,
      help: `How far the ${player} moves on each update. Too high and it thrashes; too low and the ${other} runs away from it.`,
      urlKey: `${letter}LearningRate`,
      range: [1e-6, 1e-1],
      scale: "log",
    },
    ...RULE_NUMBERS.map(({ field, label, ...rest }) => ({
      ...number,
      path: `optimizer.${player}.${field}`,
      label: `${name} ${label}`,
      urlKey: letter + field.charAt(0).toUpperCase() + field.slice(1),
      scale: "linear" as const,
      ...rest,
    })),
    {
      ...number,
      path: `gradientClip.${player}`,
      label: `${name} gradient clip`,
      help: `Shortens the ${player}'s gradient to this length where it is longer, so that no update can throw it far off.`,
      urlKey: `${letter}GradientClip`,
      range: [0.01, 100],
      scale: "log",
      whenSwitchedOn: 1,
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
