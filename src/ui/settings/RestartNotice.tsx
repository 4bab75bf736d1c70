/** What waits for a new run, and the two ways out: start it, or take the changes back. */
import { pathsWaitingForRestart } from "../../state/tuning.ts";
import { useDuel, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Changes } from "./Changes.tsx";
import styles from "./RestartNotice.module.css";

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
      <Changes paths={paths} before={running} after={wanted} />
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
