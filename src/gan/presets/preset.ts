/** What a preset is: plain data, which the page shows as it stands. */
import type { Config } from "../config.ts";

export interface Preset {
  /** Its name in links and commands. Once published it never changes. */
  readonly id: string;
  readonly label: string;
  /** For a learner: what to watch for, and why it works or fails. */
  readonly comment: string;
  /** Where the recipe comes from. */
  readonly source: string;
  readonly config: Config;
}
