/** Which differences between the wanted and the running config a run can be tuned by, and which wait for a new one. Pure. */
import type { Config } from "../gan/config.ts";
import { differingPaths, isLive, readSetting, storedSetting } from "../gan/settings.ts";
import type { SessionState } from "./sessionState.ts";

/** The paths that differ between what is wanted and what runs and that only a new run can bring together. */
export function pathsWaitingForRestart({
  running,
  wanted,
}: Pick<SessionState, "running" | "wanted">): readonly string[] {
  return differingPaths(running, wanted).filter((path) => {
    const isShown = readSetting(wanted, path) !== undefined || readSetting(running, path) === undefined;
    return isShown && !isTunable(running, wanted, path);
  });
}

/** Whether a run can take over the wanted value of a setting: it is live, and both configs have a place for it. */
export function isTunable(running: Config, wanted: Config, path: string): boolean {
  return isLive(path) && storedSetting(running, path) !== undefined && storedSetting(wanted, path) !== undefined;
}
