/** Which of a rule's remedies can be had now: live settings that the config has and that would change. Pure. */
import type { Config } from "../../gan/config.ts";
import { isLive, readSetting, type SettingValue } from "../../gan/settings.ts";
import type { Rule } from "./rule.ts";

export interface Offer {
  readonly path: string;
  readonly before: SettingValue;
  readonly after: SettingValue;
}

export function offersOf({ remedies }: Rule, config: Config): readonly Offer[] {
  return remedies.flatMap(({ path, to }) => {
    const before = readSetting(config, path);
    const after = to(config);
    const changes = isLive(path) && before !== undefined && after !== undefined && after !== before;
    return changes ? [{ path, before, after }] : [];
  });
}
