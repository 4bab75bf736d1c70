/** Listens for the commands' keys on the whole page. It knows the table of commands, not what they do. */
import { useEffect } from "react";
import { commandForKey, needsKey } from "./commands.ts";
import { useDuel } from "./context.ts";

export function useShortcuts(openHelp: () => void): void {
  const { session } = useDuel();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key === "?" && !needsKey(event.target, event.key)) {
        event.preventDefault();
        openHelp();
        return;
      }
      const command = commandForKey(event);
      if (command === undefined || event.repeat) return;
      event.preventDefault();
      if (command.enabled(session.store.getState())) command.perform(session);
    };
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", press);
    };
  }, [session, openHelp]);
}
