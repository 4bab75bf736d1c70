/** Trains one preset through a session and measures it at a few steps. It must not know what is done with the outcome. */
import { cpus, loadavg } from "node:os";
import type { BackendChoice, BackendReport } from "../../src/engine/backends.ts";
import { isPointSet } from "../../src/gan/config.ts";
import type { Preset } from "../../src/gan/presets/index.ts";
import { present } from "../../src/shared/invariant.ts";
import type { ImageBatch, WorkerEvent } from "../../src/worker/protocol.ts";
import { RunReader, type Channel } from "../cli/runReader.ts";
import { measuresOfDuel, measuresOfImages, measuresOfPoints, measuresOfProbe } from "./measures.ts";
import type { Moment, Outcome } from "./outcomes.ts";

export interface TrainedPreset {
  readonly outcome: Outcome;
  /** At each moment. */
  readonly probes: readonly ImageBatch[];
}

/** Trains up to the last of `steps`, which ascend, or until the run diverges. The session must be a fresh one. */
export async function trainPreset(
  session: Channel,
  { id, config }: Preset,
  { steps, backend }: { readonly steps: readonly number[]; readonly backend: BackendChoice },
  listener: (event: WorkerEvent) => void,
): Promise<TrainedPreset> {
  const reader = new RunReader(session, id, listener);
  await session.send({ type: "configure", run: id, config, backend });
  const report = (await reader.until("ready")).backend;
  const moments: Moment[] = [];
  const probes: ImageBatch[] = [];
  const loads: number[] = [];
  let divergedAt: number | null = null;
  for (const step of steps) {
    await session.send({ type: "train", run: id, untilStep: step });
    const stopped = await reader.untilStopped();
    loads.push(loadavg()[0] ?? 0);
    if (stopped.why === "failed") {
      divergedAt = stopped.step;
      break;
    }
    await reader.untilSamplesOf(step);
    probes.push(reader.lastSamples());
    moments.push(await momentOf(reader, step, isPointSet(config.dataSet)));
  }
  if (probes.length === 0) probes.push(reader.lastSamples());
  return { outcome: { config, machine: describeMachine(report, loads), moments, divergedAt }, probes };
}

async function momentOf(reader: RunReader, step: number, isOfPoints: boolean): Promise<Moment> {
  const history = await reader.history();
  const milliseconds = history.milliseconds.reduce((sum, value) => sum + value, 0);
  return {
    step,
    seconds: Number((milliseconds / 1000).toFixed(1)),
    measures: {
      ...(isOfPoints ? await pointMeasures(reader) : await imageMeasures(reader)),
      ...measuresOfDuel(history),
    },
  };
}

async function imageMeasures(reader: RunReader): Promise<Moment["measures"]> {
  return { ...measuresOfProbe(reader.lastSamples()), ...measuresOfImages(await reader.quality("watched")) };
}

async function pointMeasures(reader: RunReader): Promise<Moment["measures"]> {
  const wish = { surface: false, manifold: false, told: false, densities: false, measures: true } as const;
  const { measures } = await reader.ask("plane", wish);
  return measuresOfPoints(present(measures, "what was asked to be measured"));
}

function describeMachine({ name, device }: BackendReport, loads: readonly number[]): Outcome["machine"] {
  const load = loads.reduce((sum, value) => sum + value, 0) / loads.length;
  const model = cpus()[0]?.model.trim() ?? "";
  const processor = `${model === "" ? "unnamed processor" : model}, ${cpus().length} cores`;
  return { backend: name, device, processor, load: Number(load.toFixed(1)) };
}
