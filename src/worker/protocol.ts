/** The messages between the page and the training worker: types, and tables of their names. It must not know how either end does its part. */
import type { BackendChoice, BackendReport } from "../engine/backends.ts";
import type { Preparation } from "../engine/preparation.ts";
import type { Config, Phase } from "../gan/config.ts";
import type { SettingValue } from "../gan/settings.ts";
import type { MeasureName, QualityReading } from "../metrics/quality.ts";
import type { Answered, Asked, Interim } from "./questions/questions.ts";

/** Names one run. Late messages of an older run are known by it, and dropped. */
export type RunId = string;

/** From the page to the worker. */
export type Command =
  /**
   * Leaves the run there was, if any, and makes a new one at step 0. Answered by `ready`, then `samples` of step 0. With
   * `goesOn`, the new one begins where the last failure says that something is saved; `paused` then says that it stands there.
   */
  | {
      readonly type: "configure";
      readonly run: RunId;
      readonly config: Config;
      readonly backend: BackendChoice;
      readonly goesOn?: true;
      /** Steps between two keepsakes of the probe, for a strip of the run's progress; absent on the page. */
      readonly stripEvery?: number;
    }
  /** Trains until paused, or until that many steps in all are done. */
  | { readonly type: "train"; readonly run: RunId; readonly untilStep?: number }
  | { readonly type: "pause"; readonly run: RunId }
  /** One step, or one update of one player. Answered by `progress` and by `paused` with new fingerprints. */
  | { readonly type: "step"; readonly run: RunId; readonly phase: Phase | "both" }
  /** Changes a live setting; it acts at the next step. A rebuild setting is refused with `failed`. */
  | { readonly type: "tune"; readonly run: RunId; readonly path: string; readonly value: SettingValue }
  /** Asks something of the run that stands. Answered by `answered`, after any number of `answering`, or by `failed`. */
  | { readonly type: "ask"; readonly run: RunId; readonly request: number; readonly asked: Asked }
  /** Nobody waits for that answer any more. */
  | { readonly type: "withdraw"; readonly run: RunId; readonly request: number }
  /** The page has drawn the last samples and can take new ones. */
  | { readonly type: "acknowledgeSamples"; readonly run: RunId }
  /** Downloads again what is missing of the data set, keeping what came. */
  | { readonly type: "retryData"; readonly run: RunId }
  /** Runs a parity file through the training step. Belongs to no run; answered by `parityResult`. */
  | {
      readonly type: "checkParity";
      readonly request: number;
      readonly backend: BackendChoice;
      readonly file: unknown;
    }
  /** Asks whether the worker still listens. Belongs to no run; answered by `pong`. */
  | { readonly type: "ping" }
  /** Frees everything the run holds. Answered by `disposed`. */
  | { readonly type: "dispose"; readonly run: RunId };

/** From the worker to the page. */
export type WorkerEvent =
  | ReadyEvent
  | PreparationEvent
  | DataProgressEvent
  | { readonly type: "realSamples"; readonly run: RunId; readonly images: ImageBatch }
  | ProgressEvent
  | QualityEvent
  | NotMeasuredEvent
  | SamplesEvent
  /** The probe at a step that is a multiple of stripEvery, for the strip of the run's progress; none is ever dropped. */
  | { readonly type: "keepsake"; readonly run: RunId; readonly step: number; readonly images: ImageBatch }
  | { readonly type: "started"; readonly run: RunId }
  | PausedEvent
  | NotRecordedEvent
  | { readonly type: "tuned"; readonly run: RunId; readonly marker: SettingMarker }
  /** What there is of an answer so far. */
  | { readonly type: "answering"; readonly run: RunId; readonly request: number; readonly given: Interim }
  | { readonly type: "answered"; readonly run: RunId; readonly request: number; readonly given: Answered }
  | ParityResultEvent
  | FailedEvent
  | { readonly type: "pong" }
  /**
   * Sent by the client: the worker has been silent for that many seconds, and 0 once it answers again. Not a failure: a
   * slow adapter may really be busy that long.
   */
  | { readonly type: "unresponsive"; readonly seconds: number }
  | { readonly type: "disposed"; readonly run: RunId; readonly memory: MemoryReport };

/** The run stands at step 0 and can train as soon as its data is there. */
export interface ReadyEvent {
  readonly type: "ready";
  readonly run: RunId;
  readonly backend: BackendReport;
  readonly networks: Readonly<Record<Phase, NetworkSummary>>;
  readonly fingerprints: Fingerprints;
  readonly memory: MemoryReport;
}

/**
 * Kernels are compiled between `ready` and the first samples, where the backend compiles any: sent a few times a second,
 * until as many are ready as there are. Commands are taken meanwhile; training begins afterwards.
 */
export interface PreparationEvent extends Preparation {
  readonly type: "preparation";
  readonly run: RunId;
}

export interface NetworkSummary {
  readonly parameters: number;
  readonly layers: readonly LayerSummary[];
}

export interface LayerSummary {
  /** The layer's type as in the config. */
  readonly type: string;
  /** Shape of one output, without the batch. */
  readonly outputShape: readonly number[];
  readonly parameters: number;
}

/** Short hexadecimal hashes of each network's weights: equal exactly as long as no weight has moved. */
export type Fingerprints = Readonly<Record<Phase, string>>;

export interface DataProgressEvent {
  readonly type: "dataProgress";
  readonly run: RunId;
  readonly receivedBytes: number;
  readonly totalBytes: number;
  /** Images that can be trained on already, and how many there will be. */
  readonly availableImages: number;
  readonly totalImages: number;
}

/** Sent a few times a second while training, and after every single step. */
export interface ProgressEvent {
  readonly type: "progress";
  readonly run: RunId;
  /** Whole steps done. */
  readonly step: number;
  /** Passes through the data set, as a fraction. */
  readonly epoch: number;
  /** Over the last second or so; 0 while paused. */
  readonly stepsPerSecond: number;
  readonly imagesPerSecond: number;
  readonly latest: Measurement | null;
  /** The run so far, thinned to at most 400 rows that keep every extreme. */
  readonly chart: History;
  /** Of the last steps, RECENT_STEPS at most, a row each: the chart keeps extremes, among which any noise looks like a swing. */
  readonly recent: RecentScores;
  readonly memory: MemoryReport;
}

export const RECENT_STEPS = 2000;

/** Mean scores by step, NaN where there is none. */
export type RecentScores = Pick<History, "realScore" | "fakeScore">;

/** One row a step. A number is null where that update has not happened (after a half step). */
export interface Measurement {
  readonly step: number;
  readonly discriminatorLoss: number | null;
  readonly generatorLoss: number | null;
  /** Mean σ(D(x)) of the last discriminator update. */
  readonly realScore: number | null;
  /** Mean σ(D(G(z))) of the last update that scored fakes. */
  readonly fakeScore: number | null;
  readonly discriminatorGradientNorm: number | null;
  readonly generatorGradientNorm: number | null;
  /** Share of the real images whose class the discriminator told right; null where it does not classify. */
  readonly realAccuracy: number | null;
  /** Share of the last fakes whose class it told as the generator had been asked. */
  readonly fakeAccuracy: number | null;
  /** Wall time of the step. */
  readonly milliseconds: number;
}

export const MEASUREMENT_COLUMNS = [
  "step",
  "discriminatorLoss",
  "generatorLoss",
  "realScore",
  "fakeScore",
  "discriminatorGradientNorm",
  "generatorGradientNorm",
  "milliseconds",
  "realAccuracy",
  "fakeAccuracy",
] as const satisfies readonly (keyof Measurement)[];

/** What only some runs measure: accuracies, where the discriminator classifies. */
const RARE_COLUMNS: readonly MeasurementColumn[] = ["realAccuracy", "fakeAccuracy"];

/** The columns of a file of measurements: all but rare ones in which nothing stands. */
export function columnsToSave(history: History): readonly MeasurementColumn[] {
  const isEmpty = (column: MeasurementColumn) => history[column].every((value) => Number.isNaN(value));
  return MEASUREMENT_COLUMNS.filter((column) => !(RARE_COLUMNS.includes(column) && isEmpty(column)));
}

export type MeasurementColumn = (typeof MEASUREMENT_COLUMNS)[number];

/** Measurements by column, all of one length; NaN where a measurement is null. */
export type History = Readonly<Record<MeasurementColumn, Float64Array<ArrayBuffer>>>;

/** Samples were measured, between steps or because it was asked for. */
export interface QualityEvent {
  readonly type: "quality";
  readonly run: RunId;
  readonly latest: QualityReading;
  /** The run so far, thinned to at most 400 rows that keep every extreme. */
  readonly chart: QualityChart;
}

/** The samples could not be measured between steps; training goes on without, until they are measured because it was asked for. */
export interface NotMeasuredEvent {
  readonly type: "notMeasured";
  readonly run: RunId;
  /** What happened, and what to do next. */
  readonly message: string;
  readonly next: string;
}

export type QualityColumn = "step" | MeasureName;

/** Readings by column, all of one length, in the order of their steps; NaN where something was not measured. */
export type QualityChart = Readonly<Record<QualityColumn, Float64Array<ArrayBuffer>>>;

/** Latest wins: the next one is sent only after `acknowledgeSamples`. */
export interface SamplesEvent {
  readonly type: "samples";
  readonly run: RunId;
  readonly step: number;
  readonly images: ImageBatch;
}

/** Pixels as bytes, [count, height, width, channels], row-major. */
export interface ImageBatch {
  readonly count: number;
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** How they are to be laid out; absent where any way will do. */
  readonly grid?: ImageGrid;
}

/** Images row by row. */
export interface ImageGrid {
  readonly columns: number;
  /** What each row shows, such as a class. */
  readonly rowLabels: readonly string[];
}

/** Nothing moves any more; the fingerprints are those of the weights that stand now. */
export interface PausedEvent {
  readonly type: "paused";
  readonly run: RunId;
  readonly step: number;
  readonly why: "asked" | "stepped" | "reachedStep" | "waitingForData" | "failed";
  readonly fingerprints: Fingerprints;
  readonly memory: MemoryReport;
}

/**
 * The backend could record a player's updates and replay them, but not those of this network: they are made anew every time,
 * with the same results, only slower. Sent once a run for each player, after its first update.
 */
export interface NotRecordedEvent {
  readonly type: "notRecorded";
  readonly run: RunId;
  readonly phase: Phase;
  /** The kernel, or the variable, that stands in the way. */
  readonly operation: string;
  /** Goes on after the operation's name: "it reads …". */
  readonly reason: string;
}

/** A live setting was changed at that step; charts show it. */
export interface SettingMarker {
  readonly step: number;
  readonly path: string;
  readonly before: SettingValue;
  readonly after: SettingValue;
}

/** What the run holds on its backend; flat while training. */
export interface MemoryReport {
  readonly tensors: number;
  readonly bytes: number;
  /** What the backend has taken from the device for them, with what it keeps for later; null where it does not say. */
  readonly takenBytes: number | null;
}

export interface ParityResultEvent {
  readonly type: "parityResult";
  readonly request: number;
  readonly backend: BackendReport;
  readonly name: string;
  /** The largest relative error and where it was found. */
  readonly largestError: number;
  readonly where: string;
}

export type FailureCode =
  /** The config's networks cannot be built; the message names the layer. */
  | "impossibleNetwork"
  /** The asked backend does not work here. */
  | "backendUnavailable"
  | "dataDownload"
  | "dataDamaged"
  /** A loss became NaN or infinite; training has stopped. */
  | "diverged"
  /** The graphics device was lost or is out of memory. */
  | "deviceLost"
  /** The worker died; sent by the client, not by the worker. */
  | "workerCrashed"
  /** A command that makes no sense now. */
  | "badCommand"
  | "unexpected";

export interface FailedEvent {
  readonly type: "failed";
  /** Null where no run is concerned. */
  readonly run: RunId | null;
  /** The request that it answers, where there is one. */
  readonly request?: number;
  readonly code: FailureCode;
  /** The step from which a run of the same config can go on, by `configure`; absent where nothing is saved. */
  readonly savedStep?: number;
  /** What happened. */
  readonly message: string;
  /** What is still there and sound. */
  readonly safe: string;
  /** What to do next. */
  readonly next: string;
}
