/** For tests: a session over a run that is only pretended, whose questions the test answers. */
import type { WorkerEvent } from "../worker/protocol.ts";
import type { Answered, Asked } from "../worker/questions/questions.ts";
import { DEFAULT_PRESET } from "./link.ts";
import { Session } from "./session.ts";
import { createStream, type StreamStore } from "./stream.ts";

export interface PretendedRun {
  readonly session: Session;
  readonly stream: StreamStore;
  /** All that was asked so far. */
  readonly asked: readonly Asked[];
}

/** `answer` says what comes back, a moment later; a text is a refusal. */
export function pretendRun(answer: (asked: Asked) => Answered | string): PretendedRun {
  let listener: (event: WorkerEvent) => void = () => undefined;
  const heard: Asked[] = [];
  const stream = createStream();
  const session = new Session({
    client: {
      send: (command) => {
        if (command.type !== "ask") return;
        const { run, request, asked } = command;
        heard.push(asked);
        const given = answer(asked);
        queueMicrotask(() => {
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
  return { session, stream, asked: heard };
}

/** Lets everything that was wished for be done. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
}
