/**
 * The training image that a sample is most like, for the one cell of the grid that is looked at, while its sample changes. It
 * asks the run, one request at a time; it must not know components.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { ImageBatch } from "../worker/protocol.ts";
import type { UnseenDistances } from "../worker/questions/nearest.question.ts";
import { imageOf } from "./imageBatches.ts";
import { unlessRefused } from "./inquiries.ts";
import type { Session } from "./session.ts";
import { watch, type StreamStore } from "./stream.ts";
import { createThrottle } from "./throttle.ts";
import { createWishes } from "./wishes.ts";

/** A sample, and the training image that it is most like. */
export interface Lookalike {
  readonly cell: number;
  readonly sample: ImageBatch;
  readonly image: ImageBatch;
  /** Between the two, from 0 to 1. */
  readonly distance: number;
  /** How far unseen real images are from theirs, where that is known. */
  readonly unseen: UnseenDistances | null;
}

export interface LookalikeState {
  /** The cell that is looked at in passing. */
  readonly passing: number | null;
  /** The cell that is held, and looked at wherever no other is. */
  readonly held: number | null;
  /** The last one found; of the cell that was looked at before, until the next is found. */
  readonly found: Lookalike | null;
  /** Why none is found; empty where nothing was refused. */
  readonly refusal: string;
}

const NOTHING: LookalikeState = { passing: null, held: null, found: null, refusal: "" };

/** While samples change, the one looked at is compared anew this often. */
const LOOK_MILLISECONDS = 500;

/** The cell that is looked at. */
export function cellOf({ passing, held }: LookalikeState): number | null {
  return passing ?? held;
}

export class LookalikeSearch {
  readonly store: StoreApi<LookalikeState> = createStore<LookalikeState>(() => NOTHING);
  readonly #session: Session;
  readonly #stream: StreamStore;
  readonly #wishes = createWishes<"look">();
  readonly #looks = createThrottle<null>(LOOK_MILLISECONDS, () => {
    this.#wish();
  });
  readonly #stops: readonly (() => void)[];

  constructor(session: Session, stream: StreamStore) {
    this.#session = session;
    this.#stream = stream;
    this.#stops = [
      session.watchRun(() => {
        this.release();
      }),
      watch(
        stream,
        ({ samples }) => samples,
        () => {
          this.#looks.call(null);
        },
      ),
    ];
  }

  /** Looks at a cell in passing. */
  pass(cell: number): void {
    this.store.setState({ passing: cell });
    this.#wish();
  }

  /** Looks at that cell no longer, unless it is held. */
  leave(cell: number): void {
    if (this.store.getState().passing !== cell) return;
    this.store.setState({ passing: null });
    this.#wish();
  }

  /** Holds a cell, or lets it go where it is held. */
  toggle(cell: number): void {
    this.store.setState(({ held }) => ({ held: held === cell ? null : cell }));
    this.#wish();
  }

  /** Looks at nothing any more. */
  release(): void {
    this.#wishes.cancel();
    this.store.setState(NOTHING);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#looks.cancel();
    this.#wishes.cancel();
  }

  #wish(): void {
    if (cellOf(this.store.getState()) === null) {
      this.#wishes.cancel();
      this.store.setState({ found: null, refusal: "" });
      return;
    }
    this.#wishes.make("look", () =>
      unlessRefused(
        () => this.#look(),
        (refusal) => {
          this.store.setState({ refusal });
        },
      ),
    );
  }

  async #look(): Promise<void> {
    const cell = cellOf(this.store.getState());
    const { samples } = this.#stream.getState();
    const { run } = this.#session.store.getState();
    // Samples of an earlier run stay until this one has its own.
    if (cell === null || samples?.run !== run || cell >= samples.images.count) return;
    const sample = imageOf(samples.images, cell);
    // What a question brings along is handed over to the worker, so it gets an image of its own.
    const { images, distances, unseen } = await this.#session.ask("nearest", { images: imageOf(samples.images, cell) });
    if (run !== this.#session.store.getState().run || cellOf(this.store.getState()) !== cell) return;
    this.store.setState({ found: { cell, sample, image: images, distance: distances[0] ?? NaN, unseen }, refusal: "" });
  }
}
