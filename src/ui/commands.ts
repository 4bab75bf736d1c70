/** What a person can do to the run, as data: buttons, shortcuts and the help sheet derive from this table. */
import type { RunPhase } from "../state/runStatus.ts";
import { isUnderWay } from "../state/runStatus.ts";
import type { Session } from "../state/session.ts";
import type { SessionState } from "../state/sessionState.ts";

export type CommandIcon = "play" | "pause" | "step" | "reset";

export interface RunCommand {
  readonly id: "trainOrPause" | "step" | "stepDiscriminator" | "stepGenerator" | "reset";
  readonly name: (state: SessionState) => string;
  readonly icon: (state: SessionState) => CommandIcon;
  readonly help: string;
  /** The key, as KeyboardEvent.key says it, and what a person reads for it. */
  readonly shortcut?: { readonly key: string; readonly label: string };
  readonly enabled: (state: SessionState) => boolean;
  readonly perform: (session: Session) => void;
}

const STANDS: ReadonlySet<RunPhase> = new Set(["ready", "paused"]);
const stands = ({ phase }: SessionState): boolean => STANDS.has(phase);

export const COMMANDS = {
  trainOrPause: {
    id: "trainOrPause",
    name: ({ phase }) => (isUnderWay(phase) ? "Pause" : "Train"),
    icon: ({ phase }) => (isUnderWay(phase) ? "pause" : "play"),
    help: "Trains until you pause. Pausing answers within one step.",
    shortcut: { key: " ", label: "Space" },
    enabled: (state) => stands(state) || state.phase === "training",
    perform: (session) => {
      if (isUnderWay(session.store.getState().phase)) session.pause();
      else session.train();
    },
  },
  step: {
    id: "step",
    name: () => "Step",
    icon: () => "step",
    help: "One whole step: the discriminator's updates, then the generator's.",
    shortcut: { key: "ArrowRight", label: "→" },
    enabled: stands,
    perform: (session) => {
      session.step("both");
    },
  },
  stepDiscriminator: {
    id: "stepDiscriminator",
    name: () => "Step discriminator",
    icon: () => "step",
    help: "One update of the discriminator alone; the generator's weights stay.",
    enabled: stands,
    perform: (session) => {
      session.step("discriminator");
    },
  },
  stepGenerator: {
    id: "stepGenerator",
    name: () => "Step generator",
    icon: () => "step",
    help: "One update of the generator alone; the discriminator's weights stay.",
    enabled: stands,
    perform: (session) => {
      session.step("generator");
    },
  },
  reset: {
    id: "reset",
    name: () => "Reset",
    icon: () => "reset",
    help: "Begins again at step 0 with the settings as they stand. The same seed gives the same start.",
    shortcut: { key: "r", label: "R" },
    enabled: () => true,
    perform: (session) => {
      session.reset();
    },
  },
} as const satisfies Readonly<Record<string, RunCommand>>;

export const ALL_COMMANDS: readonly RunCommand[] = Object.values(COMMANDS);

/** The command of a key pressed on that element; undefined where the element needs the key for itself. */
export function commandForKey(event: ShortcutEvent): RunCommand | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (needsKey(event.target, event.key)) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return ALL_COMMANDS.find((command) => command.shortcut?.key === key);
}

export type ShortcutEvent = Pick<
  KeyboardEvent,
  "key" | "target" | "defaultPrevented" | "ctrlKey" | "metaKey" | "altKey"
>;

const TYPING = "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]";
/** Lists jump to typed letters and use every key; a sheet lies over the page and its commands. */
const TAKES_ALL = `${TYPING}, [role=combobox], [role=listbox], [role=dialog]`;
const TAKES_SPACE = "button, a[href], summary, input, [role=combobox]";
const TAKES_ARROWS = "input, [role=application], [role=radiogroup], [role=slider]";

/** Whether the element would do something of its own with that key. */
export function needsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TAKES_ALL) !== null) return true;
  if (key === " ") return target.closest(TAKES_SPACE) !== null;
  return key.startsWith("Arrow") && target.closest(TAKES_ARROWS) !== null;
}
