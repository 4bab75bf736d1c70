/** The buttons that move the run: train or pause, step and its two halves, reset. */
import type { LucideIcon } from "lucide-react";
import { Pause, Play, RotateCcw, StepForward } from "lucide-react";
import { COMMANDS } from "../commands.ts";
import type { CommandIcon, RunCommand } from "../commands.ts";
import { useDuel, useSession } from "../context.ts";
import { Button, Hint } from "../controls/Button.tsx";
import styles from "./Transport.module.css";

const ICONS: Readonly<Record<CommandIcon, LucideIcon>> = {
  play: Play,
  pause: Pause,
  step: StepForward,
  reset: RotateCcw,
};

export function Transport() {
  return (
    <div className={styles.transport} role="group" aria-label="Run controls">
      <CommandButton command={COMMANDS.trainOrPause} className={styles.train} look="primary" showsName />
      <div className={styles.steps}>
        <CommandButton command={COMMANDS.step} showsName />
        <CommandButton command={COMMANDS.stepDiscriminator} className={styles.discriminator} face="D" />
        <CommandButton command={COMMANDS.stepGenerator} className={styles.generator} face="G" />
      </div>
      <CommandButton command={COMMANDS.reset} className={styles.reset} showsName />
    </div>
  );
}

interface CommandButtonProps {
  readonly command: RunCommand;
  readonly look?: "plain" | "primary";
  readonly className?: string | undefined;
  readonly showsName?: boolean;
  /** A letter beside the icon. */
  readonly face?: string;
}

function CommandButton({ command, look = "plain", className, showsName = false, face }: CommandButtonProps) {
  const { session } = useDuel();
  const name = useSession(command.name);
  const Icon = ICONS[useSession(command.icon)];
  const isEnabled = useSession(command.enabled);
  const { shortcut } = command;
  return (
    <Hint text={shortcut === undefined ? command.help : `${command.help} (${shortcut.label})`}>
      <Button
        look={look}
        className={className}
        aria-label={name}
        aria-keyshortcuts={shortcut?.label}
        // A disabled button would drop the focus of whoever steps by keyboard; this one only says so.
        aria-disabled={!isEnabled}
        onClick={() => {
          if (command.enabled(session.store.getState())) command.perform(session);
        }}
      >
        <Icon size={14} aria-hidden="true" />
        {showsName && <span className={styles.name}>{name}</span>}
        {face}
      </Button>
    </Hint>
  );
}
