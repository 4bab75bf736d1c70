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
  readonly config: Config;
}
