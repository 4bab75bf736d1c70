import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PRESETS } from "../gan/presets/index.ts";
import { MEASURE_NAMES, type QualityReading } from "../metrics/quality.ts";
import { present } from "../shared/invariant.ts";
import type { Command, FailedEvent, QualityEvent, ReadyEvent, WorkerEvent } from "../worker/protocol.ts";
import { DEFAULT_PRESET } from "./link.ts";
import { Session } from "./session.ts";
import { createStream } from "./stream.ts";
import { pathsWaitingForRestart } from "./tuning.ts";

const LEARNING_RATE = "optimizer.generator.learningRate";
const MEMORY = { tensors: 0, bytes: 0, takenBytes: null };
const OTHER_PRESET = present(PRESETS[1], "a second preset");

/** A session over a client that records commands and lets the test speak for the worker. */
function startSession() {
  const sent: Command[] = [];
  const listeners = new Set<(event: WorkerEvent) => void>();
  const restart = vi.fn<() => void>();
  const stream = createStream();
  const session = new Session({
    client: {
      send: (command) => sent.push(command),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      restart,
      dispose: () => undefined,
    },
    stream,
    start: { presetId: DEFAULT_PRESET.id, config: DEFAULT_PRESET.config, problems: [] },
    backend: "auto",
    now: () => 0,
  });
  const say = (event: WorkerEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const ready = (): void => {
    const networks = { generator: { parameters: 1, layers: [] }, discriminator: { parameters: 1, layers: [] } };
    const fingerprints = { generator: "aa", discriminator: "bb" };
    const backend = { name: "cpu", device: "test", reason: "asked" } as const;
    const { run } = session.store.getState();
    say({ type: "ready", run, backend, networks, fingerprints, memory: MEMORY } satisfies ReadyEvent);
  };
  const pauseAt = (step: number): void => {
    const { run } = session.store.getState();
    const fingerprints = { generator: "cc", discriminator: "dd" };
    say({ type: "paused", run, step, why: "asked", fingerprints, memory: MEMORY });
  };
  const types = (): string[] => sent.map(({ type }) => type);
  return { session, stream, sent, say, ready, pauseAt, types, restart };
}

function failure(run: string, code: FailedEvent["code"]): FailedEvent {
  return { type: "failed", run, code, message: "It broke.", safe: "All else.", next: "Go on." };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("after the device was lost", () => {
  test("the run goes on from what was saved, with the settings that it had, and on another backend if that is wanted", () => {
    const { session, stream, sent, say, ready, pauseAt } = startSession();
    ready();
    session.changeSetting("batchSize", 16);
    pauseAt(70);
    say({ ...failure("run-1", "deviceLost"), savedStep: 60 });
    expect(session.store.getState().phase).toBe("stopped");
    session.goOn("simd");
    const { running, wanted } = session.store.getState();
    const config = DEFAULT_PRESET.config;
    expect(sent.at(-1)).toEqual({ type: "configure", run: "run-2", config, backend: "simd", goesOn: true });
    // What waits for a restart still waits.
    expect([running.batchSize, wanted.batchSize]).toEqual([config.batchSize, 16]);
    expect(stream.getState().step).toBe(60);
    ready();
    expect(sent.at(-1)).toEqual({ type: "train", run: "run-2" });
    expect(session.store.getState()).toMatchObject({ phase: "training", failure: null });
  });

  test("a backend that does not come keeps what was saved, and a reset begins at step 0", () => {
    const { session, stream, sent, say } = startSession();
    say({ ...failure("run-1", "deviceLost"), savedStep: 60 });
    session.goOn();
    say({ ...failure("run-2", "backendUnavailable"), savedStep: 60 });
    session.goOn("simd");
    expect(sent.at(-1)).toMatchObject({ type: "configure", run: "run-3", backend: "simd", goesOn: true });
    session.reset();
    expect(sent.at(-1)).not.toHaveProperty("goesOn");
    expect(stream.getState().step).toBe(0);
  });

  test("nothing goes on where nothing was saved", () => {
    const { session, sent, say } = startSession();
    say(failure("run-1", "deviceLost"));
    session.goOn();
    expect(sent).toHaveLength(1);
  });
});

describe("a session", () => {
  test("shows how good the samples of its run are, until there is another run", () => {
    const { session, stream, say } = startSession();
    const step = Float64Array.of(5);
    const names = [...MEASURE_NAMES];
    const measures = Object.fromEntries(names.map((name) => [name, null])) as QualityReading["measures"];
    const chart = Object.fromEntries(["step", ...names].map((name) => [name, step])) as QualityEvent["chart"];
    const latest = { step: 5, measures, histogram: null, real: null };
    say({ type: "quality", run: "run-1", latest, chart });
    say({ type: "notMeasured", run: "run-1", message: "It broke.", next: "Ask." });
    expect(stream.getState().quality?.latest.step).toBe(5);
    expect(stream.getState().notMeasured?.message).toBe("It broke.");
    expect(session.store.getState().failure).toBeNull();
    say({ type: "quality", run: "run-1", latest, chart });
    expect(stream.getState().notMeasured).toBeNull();
    session.reset();
    say({ type: "quality", run: "run-1", latest, chart });
    expect(stream.getState()).toMatchObject({ quality: null, notMeasured: null });
  });

  test("configures a run at once, and trains only when it is ready", () => {
    const { session, sent, ready, types } = startSession();
    expect(sent).toEqual([{ type: "configure", run: "run-1", config: DEFAULT_PRESET.config, backend: "auto" }]);
    session.train();
    expect(types()).toEqual(["configure"]);
    ready();
    session.train();
    expect(sent.at(-1)).toEqual({ type: "train", run: "run-1" });
    session.pause();
    expect(sent.at(-1)).toEqual({ type: "pause", run: "run-1" });
    expect(session.store.getState().phase).toBe("pausing");
  });

  test("knows how many kernels are ready for as long as some are not, and forgets it with the run", () => {
    const { session, say, ready } = startSession();
    ready();
    const report = (prepared: number): void => {
      say({ type: "preparation", run: session.store.getState().run, ready: prepared, total: 54 });
    };
    report(31);
    expect(session.store.getState().preparation).toMatchObject({ ready: 31, total: 54 });
    report(54);
    expect(session.store.getState().preparation).toBeNull();
    report(31);
    session.reset();
    expect(session.store.getState().preparation).toBeNull();
  });

  test("keeps why a player is not replayed until it was taken note of, or a new run begins", () => {
    const { session, say, ready } = startSession();
    const refuse = (): void => {
      const { run } = session.store.getState();
      say({ type: "notRecorded", run, phase: "discriminator", operation: "Cumsum", reason: "it reads" });
    };
    ready();
    refuse();
    expect(session.store.getState().notRecorded).toMatchObject({ operation: "Cumsum", reason: "it reads" });
    session.dismissNotRecorded();
    expect(session.store.getState().notRecorded).toBeNull();
    refuse();
    session.reset();
    expect(session.store.getState().notRecorded).toBeNull();
  });

  test("sends a live setting at once and takes it as running when the worker has it", () => {
    const { session, sent, say, ready } = startSession();
    ready();
    session.changeSetting(LEARNING_RATE, 0.001);
    expect(sent.at(-1)).toEqual({ type: "tune", run: "run-1", path: LEARNING_RATE, value: 0.001 });
    expect(pathsWaitingForRestart(session.store.getState())).toEqual([]);
    say({ type: "tuned", run: "run-1", marker: { step: 3, path: LEARNING_RATE, before: 0.0002, after: 0.001 } });
    expect(session.store.getState().running.optimizer.generator.learningRate).toBe(0.001);
    expect(session.store.getState().markers).toMatchObject([{ step: 3, after: 0.001 }]);
  });

  test("keeps a live setting that was changed before the run was ready, and sends it then", () => {
    const { session, sent, ready, types } = startSession();
    session.changeSetting(LEARNING_RATE, 0.001);
    expect(types()).toEqual(["configure"]);
    ready();
    expect(sent.at(-1)).toMatchObject({ type: "tune", path: LEARNING_RATE, value: 0.001 });
  });

  test("holds a rebuild setting back until it is reset, and lists it", () => {
    const { session, sent, ready, types } = startSession();
    ready();
    session.changeSetting("batchSize", 8);
    session.changeSetting("optimizer.discriminator.type", "sgd");
    vi.advanceTimersByTime(1000);
    expect(types()).toEqual(["configure"]);
    expect(pathsWaitingForRestart(session.store.getState())).toEqual(
      expect.arrayContaining(["batchSize", "optimizer.discriminator.type"]),
    );
    session.reset();
    expect(sent.at(-1)).toMatchObject({ type: "configure", run: "run-2", config: { batchSize: 8 } });
    expect(pathsWaitingForRestart(session.store.getState())).toEqual([]);
  });

  test("refuses what does not fit the other settings, and says why until something fits", () => {
    const { session, types, ready } = startSession();
    ready();
    session.changeSetting("generatorSteps", 0);
    session.changeSetting("discriminatorSteps", 0);
    const { wanted, refused } = session.store.getState();
    expect(wanted).toMatchObject({ discriminatorSteps: 1, generatorSteps: 0 });
    expect(refused).toEqual({
      path: "discriminatorSteps",
      reason:
        "Generator steps is 0; it must be at least 1 where there are no discriminator steps, since a step needs an update of one player.",
    });
    vi.advanceTimersByTime(1000);
    expect(types()).toEqual(["configure", "tune"]);
    session.changeSetting("discriminatorSteps", 2);
    expect(session.store.getState().refused).toBeNull();
  });

  test("takes back what waits for a restart", () => {
    const { session } = startSession();
    session.changeSetting("batchSize", 8);
    session.keepRunning();
    expect(session.store.getState().wanted).toBe(session.store.getState().running);
  });

  test("refuses a value out of range and changes nothing", () => {
    const { session } = startSession();
    const before = session.store.getState().wanted;
    session.changeSetting("batchSize", 0);
    expect(session.store.getState().wanted).toBe(before);
  });

  test("makes a new run of a preset that is chosen", () => {
    const { session, sent } = startSession();
    session.choosePreset(OTHER_PRESET.id);
    expect(sent.at(-1)).toMatchObject({ type: "configure", run: "run-2", config: OTHER_PRESET.config });
  });

  test("follows a link by tuning where it can, and by a new run where it must", () => {
    const { session, ready, types } = startSession();
    ready();
    const config = { ...DEFAULT_PRESET.config, labelSmoothing: 0.8 };
    session.followLink({ presetId: DEFAULT_PRESET.id, config });
    expect(types()).toEqual(["configure", "tune"]);
    session.followLink({ presetId: DEFAULT_PRESET.id, config: { ...config, seed: 7 } });
    expect(types().at(-1)).toBe("configure");
  });

  test("drops what an older run still says", () => {
    const { session, say, ready } = startSession();
    ready();
    session.reset();
    say(failure("run-1", "diverged"));
    say({ type: "started", run: "run-1" });
    expect(session.store.getState()).toMatchObject({ phase: "preparing", failure: null, run: "run-2" });
  });

  test("acknowledges samples once they are in the stream", () => {
    const { stream, sent, say, ready } = startSession();
    ready();
    const images = { count: 1, shape: [1, 1, 1], pixels: new Uint8Array([7]) } as const;
    say({ type: "samples", run: "run-1", step: 4, images });
    expect(stream.getState().samples?.images).toBe(images);
    expect(sent.at(-1)).toEqual({ type: "acknowledgeSamples", run: "run-1" });
  });

  test("stops on divergence with the last step in place, and begins again on reset", () => {
    const { session, stream, say, ready, pauseAt } = startSession();
    ready();
    session.train();
    pauseAt(5);
    say(failure("run-1", "diverged"));
    expect(session.store.getState()).toMatchObject({ phase: "stopped", failure: { code: "diverged" } });
    expect(stream.getState().step).toBe(5);
    session.train();
    expect(session.store.getState().phase).toBe("stopped");
    session.reset();
    expect(session.store.getState()).toMatchObject({ phase: "preparing", failure: null });
  });

  test("goes on with its run while a download fails, and asks for it again", () => {
    const { session, sent, say, ready } = startSession();
    ready();
    say(failure("run-1", "dataDamaged"));
    expect(session.store.getState()).toMatchObject({ phase: "ready", failure: { code: "dataDamaged" } });
    session.retryData();
    expect(sent.at(-1)).toEqual({ type: "retryData", run: "run-1" });
    expect(session.store.getState().failure).toBeNull();
  });

  test("starts a new worker with the same config when the old one has died", () => {
    const { session, sent, say, restart } = startSession();
    session.changeSetting("seed", 9);
    say(failure("run-1", "workerCrashed"));
    expect(session.store.getState().phase).toBe("stopped");
    session.restartWorker();
    expect(restart).toHaveBeenCalledOnce();
    expect(sent.at(-1)).toMatchObject({ type: "configure", run: "run-2", config: { seed: 9 } });
  });
});
