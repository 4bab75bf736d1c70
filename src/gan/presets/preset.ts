/** What a preset is: plain data, which the page shows as it stands. */
import type { Config } from "../config.ts";

/** What presets are about, in the order of the menu. */
export const PRESET_GROUPS = {
  classic: "The classics",
  steadied: "Steadied",
  conditional: "Told what to draw",
  points: "Points in the plane",
  failure: "Instructive failures",
  cure: "Their cures",
} as const;

export type PresetGroup = keyof typeof PRESET_GROUPS;

/** What `npm run presets` measures of a run at a step; its labels stand there. Shares lie between 0 and 1. */
export type OutcomeMeasure =
  /** Of images: how far from the real ones, how sure and varied, how many classes, share of real images reached, edges, share of a checkerboard. */
  | "frechet"
  | "score"
  | "covered"
  | "coverage"
  | "sharpness"
  | "checkerboard"
  /** Of points: clouds covered, share of points within a cloud, bits and distance between the distributions. */
  | "modes"
  | "goodShare"
  | "jensenShannon"
  | "wasserstein"
  /** Of the duel: means over the last few steps. */
  | "realScore"
  | "fakeScore"
  | "discriminatorLoss"
  | "generatorGradientNorm"
  /** Of the duel over hundreds of steps: standard deviation of the score of real less that of fakes. */
  | "leadSwing";

/** What the comment promises, as a bound on one measure at one step: `npm run presets` trains up to there and checks it. */
export interface Expectation {
  readonly step: number;
  readonly measure: OutcomeMeasure;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Preset {
  /** Its name in links and commands. Once published it never changes. */
  readonly id: string;
  readonly label: string;
  readonly group: PresetGroup;
  /** For a learner: what to watch for, and why it works or fails. */
  readonly comment: string;
  /** Where the recipe comes from. */
  readonly source: string;
  /** Of a failure: the id of a preset that differs from it in the few settings that cure it. */
  readonly cure?: string;
  readonly expects?: readonly Expectation[];
  /** Whether `npm run presets` pictures few samples, large: for what is seen in single pixels. */
  readonly closeUp?: true;
  readonly config: Config;
}
