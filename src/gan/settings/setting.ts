/** What a setting is. It must not know any of them, nor import anything at run time. */
import type { Config } from "../config.ts";

/** Who a setting belongs to; the page colours it so. */
export type Player = "generator" | "discriminator" | "real" | "both";

/** Where a setting stands on the page. */
export type SettingGroup =
  "data" | "networks" | "objective" | "stabilizers" | "generator" | "discriminator" | "display";

interface SettingBase {
  /** Dotted path in the config. */
  readonly path: string;
  readonly label: string;
  /** What it does and what to try, in two sentences at most. */
  readonly help: string;
  /** Its name in a shared link. Once published it never changes its meaning. */
  readonly urlKey: string;
  readonly group: SettingGroup;
  readonly player: Player;
  /** Live settings act at the next step; rebuild settings wait for a new run. */
  readonly applies: "live" | "rebuild";
  /** Whether the setting means anything in a config; absent where it does in all that have the field. */
  readonly when?: (config: Config) => boolean;
}

/** How a number moves between two ends. */
export interface NumberScale {
  readonly range: readonly [minimum: number, maximum: number];
  readonly scale: "linear" | "log";
  /** Distance between two values of a linear setting; a log setting moves in hundredths of a decade. */
  readonly step?: number;
  readonly integer?: boolean;
  /** What the number counts, or an empty string for a pure number. */
  readonly unit: string;
}

export interface NumberSetting extends SettingBase, NumberScale {
  readonly kind: "number";
  /** Whether the setting can be switched off, which the config writes as null, and the value to switch it on with. */
  readonly whenSwitchedOn?: number;
}

export interface ChoiceSetting extends SettingBase {
  readonly kind: "choice";
  readonly options: readonly { readonly value: string; readonly label: string; readonly help: string }[];
}

/** Something that is done or not. */
export interface FlagSetting extends SettingBase {
  readonly kind: "flag";
}

export type Setting = NumberSetting | ChoiceSetting | FlagSetting;
export type SettingValue = number | string | boolean | null;
