/** For tests: a session over a run that is only pretended, whose questions the test answers. */
import type { Command, WorkerEvent } from "../worker/protocol.ts";
import type { Answered, Asked, Interim } from "../worker/questions/questions.ts";
import { DEFAULT_PRESET } from "./link.ts";
import { Session } from "./session.ts";
import { createStream, type StreamStore } from "./stream.ts";

export interface PretendedRun {
  readonly session: Session;
  readonly stream: StreamStore;
  /** All that was asked so far. */
  readonly asked: readonly Asked[];
  /** All commands so far, questions among them. */
  readonly sent: readonly Command[];
  /** Has something happen to the run. */
  receive(this: void, event: WorkerEvent): void;
}

/**
 * `answer` says what comes back, a moment later, and `interim` what comes of it before, where anything does; a text is a
 * refusal.
 */
export function pretendRun(
  answer: (asked: Asked) => Answered | string,
  interim: (asked: Asked) => Interim | null = () => null,
): PretendedRun {
  let listener: (event: WorkerEvent) => void = () => undefined;
  const heard: Asked[] = [];
  const sent: Command[] = [];
  const stream = createStream();
  const session = new Session({
    client: {
      send: (command) => {
        sent.push(command);
        if (command.type !== "ask") return;
        const { run, request, asked } = command;
        heard.push(asked);
        const given = answer(asked);
        const before = interim(asked);
        queueMicrotask(() => {
          if (before !== null) listener({ type: "answering", run, request, given: before });
          if (typeof given !== "string") listener({ type: "answered", run, request, given });
          else listener({ type: "failed", run, request, code: "badCommand", message: given, safe: "", next: "Wait." });
        });
      },
      subscribe: (added) => {
        listener = added;
        return () => undefined;
      },
      restart: () => undefined,
      dispose: () => undefined,
    },
    stream,
    start: { presetId: DEFAULT_PRESET.id, config: DEFAULT_PRESET.config, problems: [] },
    backend: "auto",
    now: () => 0,
  });
  const receive = (event: WorkerEvent): void => {
    listener(event);
  };
  return { session, stream, asked: heard, sent, receive };
}

/** Lets everything that was wished for be done. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
}
