/** What waits for a new run, and the two ways out: start it, or take the changes back. */
import { readSetting, settingAt } from "../../gan/settings.ts";
import { pathsWaitingForRestart } from "../../state/session.ts";
import { useDuel, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { describeValue } from "../numbers.ts";
import styles from "./RestartNotice.module.css";

/** What has no row in the settings table. */
const OTHER_LABELS: Readonly<Record<string, string>> = {
  generator: "Generator's layers",
  discriminator: "Discriminator's layers",
  drawing: "Your drawing",
};

/** Nothing, while every wanted setting is in force. */
export function RestartNotice() {
  const { session } = useDuel();
  const running = useSession((state) => state.running);
  const wanted = useSession((state) => state.wanted);
  const paths = pathsWaitingForRestart({ running, wanted });
  if (paths.length === 0) return null;
  return (
    <div className={styles.notice} role="group" aria-label="Restart to apply">
      <p className={styles.title}>Restart to apply</p>
      <ul className={styles.list}>
        {paths.map((path) => (
          <li key={path}>
            {settingAt(path)?.label ?? OTHER_LABELS[path] ?? path}
            {settingAt(path) !== undefined && (
              <span className={styles.change}>
                {describeValue(path, readSetting(running, path))} → {describeValue(path, readSetting(wanted, path))}
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button
          look="primary"
          onClick={() => {
            session.reset();
          }}
        >
          Restart now
        </Button>
        <Button
          onClick={() => {
            session.keepRunning();
          }}
        >
          Undo changes
        </Button>
      </div>
    </div>
  );
}
