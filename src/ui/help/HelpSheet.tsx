/** What the page is, how to use it, and its keys. The keys come from the table of commands. */
import { ALL_COMMANDS } from "../commands.ts";
import { useDuel } from "../context.ts";
import { Sheet } from "../controls/Sheet.tsx";
import styles from "./HelpSheet.module.css";

interface HelpSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function HelpSheet({ open, onOpenChange }: HelpSheetProps) {
  const { session } = useDuel();
  // Names are those of a run that stands: the sheet explains, it does not follow.
  const state = { ...session.store.getState(), phase: "ready" as const };
  return (
    <Sheet title="Help" open={open} onOpenChange={onOpenChange} place="centre">
      <div className={styles.help}>
        <p>
          Two networks duel. The <b data-player="generator">generator</b> turns noise into images; the{" "}
          <b data-player="discriminator">discriminator</b> scores images between 0, fake, and 1,{" "}
          <b data-player="real">real</b>. Each learns from the other&apos;s mistakes, on your own machine. Press Train
          and move the sliders.
        </p>
        <h3>Buttons and keys</h3>
        <dl>
          {ALL_COMMANDS.map((command) => (
            <div key={command.id} className={styles.command}>
              <dt>
                {command.name(state)}
                {command.shortcut !== undefined && <kbd>{command.shortcut.label}</kbd>}
              </dt>
              <dd>{command.help}</dd>
            </div>
          ))}
          <div className={styles.command}>
            <dt>
              Help <kbd>?</kbd>
            </dt>
            <dd>This sheet. Escape closes it.</dd>
          </div>
        </dl>
        <h3>Sliders</h3>
        <p>
          Arrow keys and Page keys move them; a double-click goes back to the preset&apos;s value; the number beside a
          slider can be typed over. Most settings act at the next step. Those marked “restart” wait for a new run, and
          nothing restarts until you say so.
        </p>
        <h3>Sharing</h3>
        <p>The address of the page holds every setting. Copy it, and whoever opens it sees the same duel.</p>
      </div>
    </Sheet>
  );
}
