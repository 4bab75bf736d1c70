/** One training through a session, from its configuration to everything that can be written about it. */
import type { BackendReport } from "../../src/engine/backends.ts";
import { isPointSet } from "../../src/gan/config.ts";
import type { QualityReading } from "../../src/metrics/quality.ts";
import type { FailedEvent, History, ImageBatch, WorkerEvent } from "../../src/worker/protocol.ts";
import { RunReader, type FreshSamples } from "./runReader.ts";
import type { Session } from "./session.ts";
import type { TrainArguments } from "./trainArguments.ts";

const RUN = "train";

export interface TrainOutcome {
  readonly step: number;
  readonly history: History;
  /** The probe at the last step whose weights are sound. */
  readonly samples: ImageBatch;
  /** Null when training stopped before the first images came. */
  readonly real: ImageBatch | null;
  /** The probe every so many steps. */
  readonly keepsakes: readonly ImageBatch[];
  /** Fresh samples, where they were asked for and the weights are sound. */
  readonly fresh: FreshSamples | null;
  /** How good the samples of the last step are, where that was asked for and the weights are sound. */
  readonly quality: QualityReading | null;
  /** Why it ended early on its own account; null when it did not. */
  readonly failure: FailedEvent | null;
}

/** What somebody who waits is told. */
export interface TrainListener {
  ready(this: void, backend: BackendReport): void;
  event(this: void, event: WorkerEvent): void;
}

/**
 * Trains until all steps are done, the run fails, or `signal` asks to stop. Throws a UsageError when the config cannot be
 * built, and a ToolError when nothing can be trained here; nothing has been written then.
 */
export async function trainRun(
  session: Session,
  { config, steps, backend, samples, evaluate, stripEvery }: TrainArguments,
  signal: AbortSignal,
  listener: TrainListener,
): Promise<TrainOutcome> {
  const collected = new RunReader(session, RUN, listener.event);
  await session.send({ type: "configure", run: RUN, config, backend, stripEvery });
  listener.ready((await collected.until("ready")).backend);

  const pause = () => void session.send({ type: "pause", run: RUN });
  signal.addEventListener("abort", pause, { once: true });
  await session.send({ type: "train", run: RUN, untilStep: steps });
  if (signal.aborted) pause();
  const { step, why } = await collected.untilStopped();
  signal.removeEventListener("abort", pause);

  const sound = why !== "failed";
  if (sound) await collected.untilSamplesOf(step);
  return {
    step,
    history: await collected.history(),
    samples: collected.lastSamples(),
    real: collected.real,
    keepsakes: collected.keepsakes,
    fresh: sound && samples > 0 ? await collected.freshSamples(samples, isPointSet(config.dataSet)) : null,
    quality: sound && evaluate ? await collected.quality("all") : null,
    failure: collected.failure,
  };
}
