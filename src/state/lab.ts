/**
 * What is seen of a run in the plane, as its weights move, and how its measures went. It asks one question at a time, the
 * latest wish last; it must not know components, or what is drawn of an answer.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import { isPointSet } from "../gan/config.ts";
import type { PlaneAnswer, PlaneWish, PointMeasures } from "../worker/questions/plane.question.ts";
import { unlessRefused } from "./inquiries.ts";
import type { PreferencesStore } from "./preferences.ts";
import type { Session } from "./session.ts";
import { watch, type StreamStore } from "./stream.ts";
import { createThrottle } from "./throttle.ts";
import { createWishes } from "./wishes.ts";

/** Measures at a step. */
export interface MeasuredRow extends PointMeasures {
  readonly step: number;
}

export interface LabState {
  /** The last answer; null before the first one of a run. */
  readonly frame: PlaneAnswer | null;
  /** In the order of their steps. */
  readonly measured: readonly MeasuredRow[];
  /** Why nothing can be seen; empty where nothing was refused. */
  readonly refusal: string;
}

const NOTHING: LabState = { frame: null, measured: [], refusal: "" };
/** While the run trains, a look is taken this often, and the measures are taken with one of them this often. */
const LOOK_MILLISECONDS = 200;
const MEASURE_MILLISECONDS = 1000;
/** Every other row goes when there are more. */
const MOST_MEASURED = 400;

export class Lab {
  readonly store: StoreApi<LabState> = createStore<LabState>(() => NOTHING);
  readonly #session: Session;
  readonly #preferences: PreferencesStore;
  readonly #now: () => number;
  readonly #wishes = createWishes<"look">();
  readonly #looks = createThrottle<null>(LOOK_MILLISECONDS, () => {
    this.#wishes.make("look", () => this.#look());
  });
  readonly #stops: readonly (() => void)[];
  #measuredAt = -Infinity;

  constructor(session: Session, stream: StreamStore, preferences: PreferencesStore, now: () => number) {
    this.#session = session;
    this.#preferences = preferences;
    this.#now = now;
    const look = (): void => {
      this.#looks.call(null);
    };
    this.#stops = [
      session.watchRun(() => {
        this.#forget();
      }),
      watch(session.store, ({ phase }) => phase, look),
      watch(stream, ({ samples }) => samples, look),
      watch(preferences, ({ labViews }) => labViews, look),
    ];
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#looks.cancel();
    this.#wishes.cancel();
  }

  #forget(): void {
    this.#wishes.cancel();
    this.#measuredAt = -Infinity;
    this.store.setState(NOTHING);
  }

  async #look(): Promise<void> {
    const { running, phase, run } = this.#session.store.getState();
    if (!isPointSet(running.dataSet) || phase === "preparing" || phase === "stopped") return;
    await unlessRefused(
      async () => {
        const frame = await this.#session.ask("plane", this.#wish());
        if (run === this.#session.store.getState().run) this.#take(frame);
      },
      (refusal) => {
        this.store.setState({ refusal });
      },
    );
  }

  #wish(): PlaneWish {
    const { labViews: views } = this.#preferences.getState();
    const measures = this.#now() - this.#measuredAt >= MEASURE_MILLISECONDS || !this.#isTraining();
    if (measures) this.#measuredAt = this.#now();
    return {
      // The cross reads D's score, whatever is shown.
      surface: true,
      manifold: views.includes("manifold"),
      told: views.includes("told"),
      densities: views.includes("optimal") || views.includes("difference"),
      measures,
    };
  }

  #isTraining(): boolean {
    return this.#session.store.getState().phase === "training";
  }

  #take(frame: PlaneAnswer): void {
    const { measures, step } = frame;
    const { measured } = this.store.getState();
    if (measures === null) {
      this.store.setState({ frame, refusal: "" });
      return;
    }
    const rows = [...measured.filter((row) => row.step < step), { step, ...measures }];
    this.store.setState({ frame, measured: rows.length > MOST_MEASURED ? everyOther(rows) : rows, refusal: "" });
  }
}

/** The first, the third … and the last row. */
function everyOther(rows: readonly MeasuredRow[]): readonly MeasuredRow[] {
  return rows.filter((_, index) => index % 2 === 0 || index === rows.length - 1);
}
