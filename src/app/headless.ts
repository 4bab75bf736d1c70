/** The page without a page: hands the training client to the command line's tools, which drive it from outside. Nothing else. */
import { createTrainingClient } from "../worker/client.ts";
import type { Command, WorkerEvent } from "../worker/protocol.ts";

/** What a tool finds as `window.duel`. */
export interface HeadlessDuel {
  send(command: Command): void;
  /** The events since the last call, in order; waits for the first one. One caller at a time. */
  takeEvents(): Promise<readonly WorkerEvent[]>;
}

declare global {
  interface Window {
    duel?: HeadlessDuel;
  }
}

const client = createTrainingClient();
let events: WorkerEvent[] = [];
let wake: (() => void) | null = null;

client.subscribe((event) => {
  events.push(event);
  wake?.();
});

window.duel = {
  send: (command) => {
    client.send(command);
  },
  takeEvents: async () => {
    if (events.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    wake = null;
    const taken = events;
    events = [];
    return taken;
  },
};
