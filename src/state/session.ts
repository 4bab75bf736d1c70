/** The run and the config wanted for it: what the page's controls act on. It talks to the worker's client, not to React. */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { BackendChoice } from "../engine/backends.ts";
import type { Config, ConfigProblem, Phase } from "../gan/config.ts";
import { describeProblem, parseConfig } from "../gan/config.ts";
import { presetById } from "../gan/presets/index.ts";
import type { SettingValue } from "../gan/settings.ts";
import { differingPaths, settingAt, storedSetting, writeSetting } from "../gan/settings.ts";
import type { TrainingClient } from "../worker/client.ts";
import type {
  Command,
  FailedEvent,
  PausedEvent,
  ReadyEvent,
  RunId,
  SettingMarker,
  WorkerEvent,
} from "../worker/protocol.ts";
import type { AnswerOf, QuestionName, QuestionOf } from "../worker/questions/questions.ts";
import type { AskOptions } from "./inquiries.ts";
import { Inquiries, InquiryError } from "./inquiries.ts";
import type { LinkedConfig } from "./link.ts";
import { addMarker } from "./markers.ts";
import type { RunPhase } from "./runStatus.ts";
import { isDataFailure, isUnderWay } from "./runStatus.ts";
import type { SessionState, Start } from "./sessionState.ts";
import { stateAtStart } from "./sessionState.ts";
import { watch, type StreamStore } from "./stream.ts";
import { createThrottle } from "./throttle.ts";
import { isTunable, pathsWaitingForRestart } from "./tuning.ts";

/** While a slider is dragged, its setting is sent at most this often. */
const TUNE_MILLISECONDS = 120;

/** Where a run stands that has stopped moving; one that waits for data goes on by itself. */
const PHASE_AFTER: Readonly<Record<PausedEvent["why"], RunPhase>> = {
  asked: "paused",
  stepped: "paused",
  reachedStep: "paused",
  waitingForData: "training",
  failed: "stopped",
};

export interface SessionOptions {
  readonly client: TrainingClient;
  readonly stream: StreamStore;
  readonly start: Start;
  readonly backend: BackendChoice;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** What is wrong with a config, with settings called as on the page. */
function inWords(problem: ConfigProblem): string {
  return describeProblem({ ...problem, path: settingAt(problem.path)?.label ?? problem.path });
}

export class Session {
  readonly store: StoreApi<SessionState>;
  readonly #client: TrainingClient;
  readonly #stream: StreamStore;
  readonly #now: () => number;
  readonly #unsubscribe: () => void;
  readonly #tune = createThrottle<string>(TUNE_MILLISECONDS, (path) => {
    this.#sendTune(path);
  });
  readonly #inquiries: Inquiries;
  #runs = 0;
  /** Whether the run that is being made is to train as soon as it can. */
  #trainsWhenReady = false;

  constructor({ client, stream, start, backend, now }: SessionOptions) {
    this.#client = client;
    this.#stream = stream;
    this.#now = now;
    this.#inquiries = new Inquiries((command) => {
      client.send(command);
    });
    this.store = createStore<SessionState>(() => stateAtStart(start, backend));
    this.#unsubscribe = client.subscribe((event) => {
      this.#receive(event);
    });
    this.reset();
  }

  /** Calls `listener` now and whenever another run takes the place of the last. Returns how to stop. */
  watchRun(listener: () => void): () => void {
    return watch(this.store, ({ run }) => run, listener);
  }

  /** Makes a new run of the wanted config, from step 0. */
  reset(): void {
    this.#configure(this.store.getState().wanted);
    this.store.setState({ markers: [] });
    this.#stream.setState({ step: 0, progress: null, quality: null, notMeasured: null });
  }

  /** Trains on from what was saved of a run whose device is gone, on a new device or on another backend. */
  goOn(backendChoice: BackendChoice = this.store.getState().backendChoice): void {
    const { running, failure } = this.store.getState();
    if (failure?.savedStep === undefined) return;
    this.store.setState({ backendChoice });
    this.#configure(running, true);
    this.#stream.setState({ step: failure.savedStep, notMeasured: null });
    this.#trainsWhenReady = true;
  }

  #configure(config: Config, goesOn = false): void {
    this.#tune.cancel();
    this.#inquiries.drop();
    this.#trainsWhenReady = false;
    this.#runs += 1;
    const run = `run-${String(this.#runs)}`;
    const { backendChoice } = this.store.getState();
    this.store.setState({
      run,
      running: config,
      phase: "preparing",
      started: false,
      fingerprints: null,
      preparation: null,
      notRecorded: null,
      failure: null,
    });
    const going = goesOn ? ({ goesOn } as const) : {};
    this.#client.send({ type: "configure", run, config, backend: backendChoice, ...going });
  }

  train(): void {
    if (!this.canStep()) return;
    this.#forgetFailure();
    this.store.setState({ phase: "training", started: false });
    this.#send({ type: "train" });
  }

  pause(): void {
    if (this.store.getState().phase !== "training") return;
    this.store.setState({ phase: "pausing" });
    this.#send({ type: "pause" });
  }

  /** One step, or one update of one player. */
  step(phase: Phase | "both"): void {
    if (!this.canStep()) return;
    this.#forgetFailure();
    this.store.setState({ phase: "stepping" });
    this.#send({ type: "step", phase });
  }

  /** Whether a step can be taken now: the run stands still and is sound. */
  canStep(): boolean {
    const { phase } = this.store.getState();
    return phase === "ready" || phase === "paused";
  }

  /** Wants another value of a setting. A live one is sent at once; the others wait for a new run. One that does not fit is refused. */
  changeSetting(path: string, value: SettingValue): void {
    const parsed = parseConfig(writeSetting(this.store.getState().wanted, path, value));
    if (!parsed.ok) {
      this.store.setState({ refused: { path, reason: parsed.problems.map(inWords).join(" ") } });
      return;
    }
    this.store.setState({ wanted: parsed.config, refused: null });
    this.#tune.call(path);
  }

  /** Wants other networks, data or both; they wait for a new run. Returns false, and changes nothing, where they are no config. */
  changeNetworks(fields: Partial<Config>): boolean {
    const parsed = parseConfig({ ...this.store.getState().wanted, ...fields });
    if (parsed.ok) this.store.setState({ wanted: parsed.config });
    return parsed.ok;
  }

  /** Choosing a preset is asking for a run of it. */
  choosePreset(id: string): void {
    const preset = presetById(id);
    if (preset === undefined) return;
    this.store.setState({ presetId: id, wanted: preset.config, linkProblems: [] });
    this.reset();
  }

  /** Following a link is asking for its config; a run that can be tuned to it goes on. */
  followLink({ presetId, config }: LinkedConfig): void {
    this.store.setState({ presetId, wanted: config, linkProblems: [] });
    if (pathsWaitingForRestart(this.store.getState()).length > 0) this.reset();
    else this.#tuneToWanted();
  }

  chooseBackend(backendChoice: BackendChoice): void {
    this.store.setState({ backendChoice });
    this.reset();
  }

  /** Takes the wanted config back to the one that runs. */
  keepRunning(): void {
    this.store.setState({ wanted: this.store.getState().running });
  }

  retryData(): void {
    this.store.setState({ failure: null });
    this.#send({ type: "retryData" });
  }

  /** A new worker with the same config, for when the old one has died. */
  restartWorker(): void {
    this.#client.restart();
    this.store.setState({ data: null, silentSeconds: 0 });
    this.reset();
  }

  dismissFailure(): void {
    this.store.setState({ failure: null });
  }

  dismissNotRecorded(): void {
    this.store.setState({ notRecorded: null });
  }

  /** Says what is wrong with a link; an empty list takes the notice away. The config stays as it is. */
  reportLink(problems: readonly string[]): void {
    this.store.setState({ linkProblems: problems });
  }

  /** Asks something of the run. Rejects with an InquiryError where there is no answer. */
  ask<Name extends QuestionName>(
    name: Name,
    question: QuestionOf<Name>,
    options?: AskOptions<Name>,
  ): Promise<AnswerOf<Name>> {
    return this.#inquiries.ask(this.store.getState().run, name, question, options);
  }

  /** One whole step, and all that it computed on its way. Rejects with an InquiryError where none can be made. */
  async stepSlowly(): Promise<AnswerOf<"slowStep">> {
    if (!this.canStep()) throw new InquiryError("The run does not stand still.", "Pause it first.", false);
    this.#forgetFailure();
    const { phase, run } = this.store.getState();
    this.store.setState({ phase: "stepping" });
    try {
      return await this.ask("slowStep", null);
    } catch (error) {
      const now = this.store.getState();
      if (now.run === run && now.phase === "stepping") this.store.setState({ phase });
      throw error;
    }
  }

  dispose(): void {
    this.#tune.cancel();
    this.#inquiries.drop();
    this.#unsubscribe();
    this.#client.dispose();
  }

  /** What is being done now answers a failure of the past, unless it is the data that is missing. */
  #forgetFailure(): void {
    const { failure } = this.store.getState();
    if (failure !== null && !isDataFailure(failure)) this.store.setState({ failure: null });
  }

  #send(command: CommandOfRun): void {
    this.#client.send({ ...command, run: this.store.getState().run });
  }

  #sendTune(path: string): void {
    const { running, wanted, phase } = this.store.getState();
    // Before `ready` the run cannot take it; `ready` sends what has changed meanwhile.
    if (phase === "preparing" || phase === "stopped" || !isTunable(running, wanted, path)) return;
    const value = storedSetting(wanted, path);
    if (value !== undefined) this.#send({ type: "tune", path, value });
  }

  #tuneToWanted(): void {
    const { running, wanted } = this.store.getState();
    for (const path of differingPaths(running, wanted)) this.#sendTune(path);
  }

  #receive(event: WorkerEvent): void {
    if ("run" in event && event.run !== null && event.run !== this.store.getState().run) return;
    if (this.#inquiries.receive(event)) return;
    switch (event.type) {
      case "ready":
        this.#becomeReady(event);
        return;
      case "preparation":
        this.store.setState({ preparation: event.ready < event.total ? event : null });
        return;
      case "notRecorded":
        this.store.setState({ notRecorded: event });
        return;
      case "notMeasured":
        this.#stream.setState({ notMeasured: event });
        return;
      case "quality":
        this.#stream.setState({ quality: event, notMeasured: null });
        return;
      case "dataProgress":
        this.store.setState({ data: event });
        return;
      case "realSamples":
        this.#stream.setState({ realSamples: event.images });
        return;
      case "progress":
        this.#stream.setState({ step: event.step, progress: event });
        return;
      case "samples":
        // Canvases draw while the store tells them, so the images are on screen when they are acknowledged.
        this.#stream.setState({ samples: event });
        this.#send({ type: "acknowledgeSamples" });
        return;
      case "started":
        this.store.setState({ started: true, phase: "training" });
        return;
      case "paused":
        this.#becomePaused(event);
        return;
      case "tuned":
        this.#becomeTuned(event.marker);
        return;
      case "failed":
        this.#fail(event);
        return;
      case "unresponsive":
        this.store.setState({ silentSeconds: event.seconds });
        return;
      case "answering":
      case "answered":
      case "keepsake":
      case "parityResult":
      case "pong":
      case "disposed":
        return;
      default:
        event satisfies never;
    }
  }

  #becomeReady({ backend, networks, fingerprints }: ReadyEvent): void {
    this.store.setState({ phase: "ready", backend, networks, fingerprints });
    this.#tuneToWanted();
    if (this.#trainsWhenReady) this.train();
  }

  #becomePaused({ step, why, fingerprints }: PausedEvent): void {
    this.#stream.setState({ step });
    this.store.setState({ phase: PHASE_AFTER[why], started: false, fingerprints });
  }

  #becomeTuned(marker: SettingMarker): void {
    const { running, markers } = this.store.getState();
    const parsed = parseConfig(writeSetting(running, marker.path, marker.after));
    if (parsed.ok) this.store.setState({ running: parsed.config });
    this.store.setState({ markers: addMarker(markers, { ...marker, at: this.#now() }) });
  }

  #fail(failure: FailedEvent): void {
    const { phase } = this.store.getState();
    this.store.setState({ failure });
    if (isDataFailure(failure)) return;
    if (failure.code === "badCommand") {
      if (phase === "stepping" || isUnderWay(phase)) this.store.setState({ phase: "paused", started: false });
      return;
    }
    this.store.setState({ phase: "stopped", started: false });
  }
}

/** A command without its run, which the session fills in. */
type CommandOfRun = Command extends infer One
  ? One extends { readonly run: RunId }
    ? Omit<One, "run">
    : never
  : never;
