/** What differs between two configs, a line each. It must not know why anybody asks. */
import type { Config } from "../../gan/config.ts";
import { readSetting, settingAt } from "../../gan/settings.ts";
import { describeValue } from "../numbers.ts";
import styles from "./Changes.module.css";

/** What has no row in the settings table. */
const OTHER_LABELS: Readonly<Record<string, string>> = {
  generator: "Generator's layers",
  discriminator: "Discriminator's layers",
  drawing: "Your drawing",
};

interface ChangesProps {
  readonly paths: readonly string[];
  readonly before: Config;
  readonly after: Config;
}

export function Changes({ paths, before, after }: ChangesProps) {
  return (
    <ul className={styles.list}>
      {paths.map((path) => (
        <li key={path}>
          {settingAt(path)?.label ?? OTHER_LABELS[path] ?? path}
          {settingAt(path) !== undefined && (
            <span className={styles.change}>
              {describeValue(path, readSetting(before, path))} → {describeValue(path, readSetting(after, path))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
