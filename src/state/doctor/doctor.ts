/**
 * Looks at a run about once a second while it trains, and says what is the matter with it. It gathers signs and keeps the
 * diagnoses; it must not know any rule, or components.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { Config } from "../../gan/config.ts";
import type { DeadUnits } from "../../worker/questions/deadUnits.question.ts";
import { InquiryError } from "../inquiries.ts";
import type { Lab } from "../lab.ts";
import type { Session } from "../session.ts";
import { watch, type StreamStore } from "../stream.ts";
import { createThrottle } from "../throttle.ts";
import { createWishes } from "../wishes.ts";
import { lookedAt, NO_STANDINGS, type Standings } from "./hysteresis.ts";
import type { Offer } from "./offers.ts";
import type { Finding, Rule, Signs } from "./rule.ts";
import { RULES } from "./rules.ts";
import { healthy } from "./rules/healthy.ts";
import { varietyOf } from "./variety.ts";

export interface Diagnosis {
  readonly rule: Rule;
  readonly finding: Finding;
}

export interface DoctorState {
  /** The gravest first; `healthy` alone where nothing is the matter, and nothing where it is too early to say. */
  readonly diagnoses: readonly Diagnosis[];
}

const LOOK_MILLISECONDS = 1000;
/** Dead units are asked for, which costs a pass of the generator: seldom. */
const DEAD_MILLISECONDS = 5000;

export class Doctor {
  readonly store: StoreApi<DoctorState> = createStore<DoctorState>(() => ({ diagnoses: [] }));
  readonly #session: Session;
  readonly #stream: StreamStore;
  readonly #lab: Lab;
  readonly #now: () => number;
  readonly #looks = createThrottle<null>(LOOK_MILLISECONDS, () => {
    this.#look();
  });
  readonly #wishes = createWishes<"deadUnits">();
  readonly #stops: readonly (() => void)[];
  #standings: Standings = NO_STANDINGS;
  #deadUnits: DeadUnits | null = null;
  #askedAt = -Infinity;

  constructor(session: Session, stream: StreamStore, lab: Lab, now: () => number) {
    this.#session = session;
    this.#stream = stream;
    this.#lab = lab;
    this.#now = now;
    const look = (): void => {
      this.#looks.call(null);
    };
    this.#stops = [
      watch(
        session.store,
        ({ run }) => run,
        () => {
          this.#forget();
        },
      ),
      watch(session.store, ({ failure }) => failure, look),
      watch(stream, ({ progress }) => progress, look),
      watch(stream, ({ quality }) => quality, look),
    ];
  }

  /** Sets the setting that is offered; it acts at the next step, and charts mark it as any other change. */
  take({ path, after }: Offer): void {
    this.#session.changeSetting(path, after);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#looks.cancel();
    this.#wishes.cancel();
  }

  #forget(): void {
    this.#wishes.cancel();
    this.#standings = NO_STANDINGS;
    this.#deadUnits = null;
    this.#askedAt = -Infinity;
    this.store.setState({ diagnoses: [] });
  }

  #look(): void {
    const signs = this.#signs();
    if (signs === null) return;
    this.#askForDeadUnits();
    this.#standings = lookedAt(this.#standings, RULES, signs);
    const ill = [...this.#standings].flatMap(([rule, { stands, finding }]) =>
      stands && finding !== null ? [{ rule, finding }] : [],
    );
    const well = ill.length === 0 ? healthy.examine(signs) : null;
    this.store.setState({ diagnoses: well === null ? ill : [{ rule: healthy, finding: well }] });
  }

  /** Null before the first step. */
  #signs(): Signs | null {
    const { running, failure } = this.#session.store.getState();
    const { progress, quality, samples, realSamples } = this.#stream.getState();
    if (progress === null) return null;
    const points = this.#lab.store.getState().measured.at(-1);
    return {
      config: running,
      step: progress.step,
      history: progress.chart,
      recent: progress.recent,
      diverged: failure?.code === "diverged",
      quality: quality?.latest ?? null,
      // Samples of an earlier run stay until this one has its own.
      variety: samples?.run === progress.run ? varietyOf(samples.images, realSamples) : null,
      modes: points?.modes ?? null,
      deadUnits: this.#deadUnits,
    };
  }

  #askForDeadUnits(): void {
    const { running, phase } = this.#session.store.getState();
    if (!hasReLUs(running) || phase === "stopped" || this.#now() - this.#askedAt < DEAD_MILLISECONDS) return;
    this.#askedAt = this.#now();
    this.#wishes.make("deadUnits", async () => {
      const { run } = this.#session.store.getState();
      try {
        const answer = await this.#session.ask("deadUnits", null);
        if (run === this.#session.store.getState().run) this.#deadUnits = answer;
      } catch (error) {
        // Nobody asked for it, so nobody is told that it could not be had.
        if (!(error instanceof InquiryError)) throw error;
      }
    });
  }
}

function hasReLUs({ generator }: Config): boolean {
  return generator.some(({ type }) => type === "reLU");
}
