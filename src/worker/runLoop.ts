/**
 * The training worker's loop: takes commands in their order between steps, and otherwise trains. It must not know that
 * it lives in a worker; all it needs of the world is given to it.
 */
import { DATA_SETS } from "../data/catalogue.ts";
import type { DataSource } from "../data/dataSource.ts";
import type { NamedData } from "../data/loader.ts";
import type { BackendChoice, BackendReport } from "../engine/backends.ts";
import { describeProblem, parseConfig } from "../gan/config.ts";
import type { Config, DataSetName } from "../gan/config.ts";
import { present } from "../shared/invariant.ts";
import { DataFeed } from "./dataFeed.ts";
import { Device, worksAlone, type StartBackend } from "./device.ts";
import { CommandError, DeviceLostError, failureOf } from "./failures.ts";
import { Evaluation } from "./evaluation.ts";
import { handedOver } from "./handedOver.ts";
import { Inquiries } from "./inquiries.ts";
import { createMailbox } from "./mailbox.ts";
import { memoryReport } from "./memoryReport.ts";
import type { EvaluatorFiles } from "./openEvaluator.ts";
import type { Command, RunId, WorkerEvent } from "./protocol.ts";
import type { Subject } from "./questions/answers.ts";
import { Run } from "./run.ts";
import { RunQuality } from "./runQuality.ts";
import { Trainer, type Saved } from "./trainer.ts";

/** What the loop needs of the world. */
export interface Outside {
  post(this: void, event: WorkerEvent, transfer: Transferable[]): void;
  readonly startBackend: StartBackend;
  openDataSource(this: void, name: NamedData): Promise<DataSource>;
  openEvaluator(this: void, name: DataSetName): Promise<EvaluatorFiles | null>;
  checkParity(this: void, file: unknown): Promise<{ name: string; largestError: number; where: string }>;
  /** Milliseconds of a clock that never goes back. */
  now(this: void): number;
  /** Lets messages that have come be received. */
  yieldToMessages(this: void): Promise<void>;
}

/** How long a failure waits for the news of a lost device, which would explain it. */
const LOSS_MILLISECONDS = 500;
/** Between two reports of a download's progress. */
const DATA_PROGRESS_MILLISECONDS = 100;

/** What happens in the worker itself and wakes the loop. */
type Occurrence = "imagesCame" | "prepared";

/** A data set, and what measures runs beside it. */
interface Feed {
  readonly name: string;
  readonly feed: DataFeed;
  readonly evaluation: Evaluation | null;
}

type RunCommand = Extract<Command, { readonly run: RunId }>;
type CommandOf<Type extends Command["type"]> = Extract<Command, { readonly type: Type }>;

export class RunLoop {
  readonly #outside: Outside;
  readonly #mailbox = createMailbox<Command | Occurrence>();
  readonly #inquiries = new Inquiries((event) => {
    this.#post(event);
  });
  readonly #device: Device;
  /** What is left of a run whose device is gone. */
  #saved: Saved | null = null;
  #feed: Feed | null = null;
  #trainer: Trainer | null = null;
  /** Null for runs that are not measured as images are. */
  #quality: RunQuality | null = null;
  /** The run that the last `configure` asked for, whether it could be made or not. */
  #run: RunId | null = null;
  #dataProgressAt = -Infinity;

  constructor(outside: Outside) {
    this.#outside = outside;
    this.#device = new Device(outside.startBackend, (why) => {
      this.#loseDevice(why);
    });
  }

  /** Takes a command; it is carried out after those before it, and after the step under way. */
  receive(command: Command): void {
    if (command.type === "ping") this.#post({ type: "pong" });
    else this.#mailbox.put(command);
  }

  /** Carries out commands and trains, for as long as the worker lives. */
  async serve(): Promise<never> {
    for (;;) {
      const message = this.#trainer?.stepDue === true ? undefined : this.#mailbox.take();
      if (message !== undefined) await this.#handle(message);
      else if (this.#inquiries.pending || this.#trainer?.ready === true) await this.#work();
      else await this.#idle();
    }
  }

  /** A bit of an answer, if one is wanted, and a bit of training, if that is under way. */
  async #work(): Promise<void> {
    await this.#inquiries.advance();
    if (this.#trainer?.ready !== true) {
      await this.#outside.yieldToMessages();
      return;
    }
    const began = this.#outside.now();
    await this.#train(this.#trainer);
    await this.#quality?.advance(this.#outside.now() - began);
  }

  async #train(trainer: Trainer): Promise<void> {
    try {
      await trainer.work();
    } catch (error) {
      trainer.abandon();
      await this.#reportUnlessLost(error, trainer.run.id);
    }
    await this.#outside.yieldToMessages();
  }

  /** A lost device is reported by itself, once; what fails for want of it may be known earlier, and is not worth a word. */
  async #reportUnlessLost(error: unknown, run: RunId | null): Promise<void> {
    const { code } = failureOf(error);
    const { now, yieldToMessages } = this.#outside;
    const began = now();
    while (code === "unexpected" && this.#device.mayBeLost && now() - began < LOSS_MILLISECONDS)
      await yieldToMessages();
    const isExplained = this.#device.isLost && (code === "unexpected" || code === "deviceLost");
    if (!isExplained) this.#reportFailure(error, run);
  }

  async #idle(): Promise<void> {
    const { run } = this.#trainer ?? {};
    try {
      await this.#trainer?.starve();
    } catch (error) {
      await this.#reportUnlessLost(error, run?.id ?? null);
    }
    await this.#mailbox.arrival();
  }

  async #handle(message: Command | Occurrence): Promise<void> {
    if (message === "imagesCame") return;
    if (message === "prepared") {
      await this.#begin();
      return;
    }
    const run = "run" in message ? message.run : null;
    try {
      await this.#carryOut(message);
    } catch (error) {
      // Whoever asks something is answered in any case.
      if ("request" in message) this.#reportFailure(error, run, message.request);
      else await this.#reportUnlessLost(error, run);
    }
  }

  /** Lets the run that stands show itself, if its kernels are ready. */
  async #begin(): Promise<void> {
    const trainer = this.#trainer;
    try {
      await trainer?.begin();
    } catch (error) {
      await this.#reportUnlessLost(error, trainer?.run.id ?? null);
    }
  }

  async #carryOut(command: Command): Promise<void> {
    switch (command.type) {
      case "ping":
        return;
      case "configure":
        await this.#configure(command);
        return;
      case "checkParity":
        await this.#checkParity(command);
        return;
      case "train":
      case "pause":
      case "step":
      case "tune":
      case "ask":
      case "withdraw":
      case "acknowledgeSamples":
      case "retryData":
      case "dispose":
        if (command.run === this.#run) await this.#carryOutForRun(command, this.#standingTrainer());
        return;
      default:
        command satisfies never;
    }
  }

  async #carryOutForRun(command: Exclude<RunCommand, CommandOf<"configure">>, trainer: Trainer): Promise<void> {
    const { run } = command;
    switch (command.type) {
      case "train":
        trainer.train(command.untilStep);
        return;
      case "pause":
        await trainer.pause("asked");
        return;
      case "step":
        trainer.step(command.phase);
        return;
      case "tune":
        trainer.tune(command.path, command.value);
        return;
      case "ask":
        this.#inquiries.begin(run, command.request, command.asked, this.#subject(trainer));
        return;
      case "withdraw":
        await this.#inquiries.withdraw(command.request);
        return;
      case "acknowledgeSamples":
        trainer.acknowledge();
        return;
      case "retryData":
        void this.#feed?.feed.load();
        return;
      case "dispose":
        await this.#leaveRun();
        this.#run = null;
        this.#post({ type: "disposed", run, memory: memoryReport() });
        return;
      default:
        command satisfies never;
    }
  }

  async #configure({ run, config, backend, goesOn, stripEvery }: CommandOf<"configure">): Promise<void> {
    this.#run = run;
    await this.#leaveRun();
    if (goesOn !== true) this.#saved = null;
    else if (this.#saved === null) {
      throw new CommandError("Nothing was saved that a run could go on from.", "Reset to begin at step 0.");
    }
    const parsed = parseConfig(config);
    if (!parsed.ok) {
      throw new CommandError(parsed.problems.map(describeProblem).join(" "), "Change these settings, then reset.");
    }
    const report = await this.#useBackend(backend);
    const { feed, evaluation } = this.#useFeed(parsed.config);
    const trainer = this.#newTrainer(run, parsed.config, feed, report, stripEvery);
    this.#trainer = trainer;
    this.#quality = evaluation === null ? null : this.#newQuality(trainer.run, evaluation);
    this.#saved = null;
    this.#post({
      type: "ready",
      run,
      backend: report,
      networks: trainer.run.networks(),
      fingerprints: await trainer.run.fingerprints(),
      memory: memoryReport(),
    });
    const preparing = trainer.prepare();
    if (preparing === null) await trainer.begin();
    else {
      void preparing.then(() => {
        this.#mailbox.put("prepared");
      });
    }
    this.#showRealSamples();
    this.#showDataProgress();
    void feed.load();
  }

  #newTrainer(id: RunId, config: Config, feed: DataFeed, report: BackendReport, stripEvery?: number): Trainer {
    return new Trainer(new Run(id, config, feed.shape, feed.classes), {
      post: (event) => {
        this.#post(event);
      },
      now: this.#outside.now,
      batches: feed.batches(config.seed),
      totalImages: feed.state.totalImages,
      pipelined: worksAlone(report),
      ...(stripEvery === undefined ? {} : { stripEvery }),
      ...(this.#saved === null ? {} : { saved: this.#saved }),
    });
  }

  #newQuality(run: Run, evaluation: Evaluation): RunQuality {
    return new RunQuality(run, evaluation, {
      post: (event) => {
        this.#post(event);
      },
      now: this.#outside.now,
    });
  }

  /** The data set has to be made resident anew on a backend that is started. */
  #useBackend(choice: BackendChoice): Promise<BackendReport> {
    return this.#device.use(choice, () => {
      this.#leaveFeed();
    });
  }

  #loseDevice(why: string): void {
    const trainer = this.#trainer;
    this.#saved = trainer?.saved ?? this.#saved;
    const lost = new DeviceLostError(why, trainer?.run.step ?? null, this.#saved?.snapshot.step ?? null);
    this.#reportFailure(lost, this.#run);
    trainer?.fail(lost);
  }

  /** The feed of a data set: the one that is there already, if it is the same. */
  #useFeed({ dataSet, drawing, drawingSpread }: NamedData): Feed {
    const name = dataSet === "drawn" ? JSON.stringify([drawing, drawingSpread]) : dataSet;
    if (this.#feed?.name === name) return this.#feed;
    this.#leaveFeed();
    const feed = new DataFeed(DATA_SETS[dataSet], {
      open: () => this.#outside.openDataSource({ dataSet, drawing, drawingSpread }),
      onProgress: () => {
        if (this.#outside.now() - this.#dataProgressAt >= DATA_PROGRESS_MILLISECONDS) this.#showDataProgress();
      },
      onImages: (first) => {
        this.#showDataProgress();
        if (first) this.#showRealSamples();
        this.#mailbox.put("imagesCame");
      },
      onError: (error) => {
        this.#reportFailure(error, this.#run);
      },
    });
    const { images } = feed;
    const open = () => this.#outside.openEvaluator(dataSet);
    this.#feed = { name, feed, evaluation: images === null ? null : new Evaluation(images, open) };
    return this.#feed;
  }

  async #checkParity({ request, backend, file }: CommandOf<"checkParity">): Promise<void> {
    if (this.#trainer !== null) {
      throw new CommandError("Parity is checked where no run stands.", "Dispose of the run first.");
    }
    const report = await this.#useBackend(backend);
    this.#post({ type: "parityResult", request, backend: report, ...(await this.#outside.checkParity(file)) });
  }

  #standingTrainer(): Trainer {
    if (this.#trainer !== null) return this.#trainer;
    throw new CommandError(
      "This run could not be made, so there is nothing to do.",
      "Change its settings, then reset.",
    );
  }

  /** What answers may look at. */
  #subject(trainer: Trainer): Subject {
    const { feed, evaluation } = present(this.#feed, "the data set of the run");
    return { trainer, feed, evaluation, quality: this.#quality };
  }

  async #leaveRun(): Promise<void> {
    const trainer = this.#trainer;
    const quality = this.#quality;
    this.#trainer = null;
    this.#quality = null;
    await this.#inquiries.drop();
    await quality?.dispose();
    await trainer?.dispose();
  }

  #leaveFeed(): void {
    this.#feed?.evaluation?.dispose();
    this.#feed?.feed.dispose();
    this.#feed = null;
  }

  #showRealSamples(): void {
    const told = this.#trainer?.run.probeGrid !== undefined;
    const images = this.#feed?.feed.realSamples(told) ?? null;
    if (this.#run !== null && images !== null) this.#post({ type: "realSamples", run: this.#run, images });
  }

  #showDataProgress(): void {
    if (this.#run === null || this.#feed === null) return;
    this.#dataProgressAt = this.#outside.now();
    this.#post({ type: "dataProgress", run: this.#run, ...this.#feed.feed.state });
  }

  #reportFailure(error: unknown, run: RunId | null, request?: number): void {
    const saved = this.#saved === null ? {} : { savedStep: this.#saved.snapshot.step };
    this.#post({ type: "failed", run, ...(request === undefined ? {} : { request }), ...saved, ...failureOf(error) });
  }

  #post(event: WorkerEvent): void {
    this.#outside.post(event, handedOver(event));
  }
}
