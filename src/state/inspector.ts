/**
 * What the discriminator says of the samples, of fresh fakes and of real images, as the weights move. It asks the run, one
 * request at a time; it must not know components or tensors.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { ImageBatch } from "../worker/protocol.ts";
import type { JudgedImages } from "../worker/questions/judge.question.ts";
import { unlessRefused } from "./inquiries.ts";
import type { Order, ScoredImages } from "./ranking.ts";
import { SCORE_SCALES } from "./scores.ts";
import type { Session } from "./session.ts";
import { createWishes } from "./wishes.ts";

/** Scores by the weights of one step. */
export interface Scores {
  readonly step: number;
  readonly grid: ScoredImages;
  readonly fakes: ScoredImages;
  /** None before the data has come. */
  readonly reals: ScoredImages;
}

export interface InspectorState {
  readonly scores: Scores | null;
  /** How the grid is sorted. */
  readonly order: Order;
  /** Why something was refused; empty where nothing was. */
  readonly refusal: string;
}

/** Fresh fakes, and real images of the last batches, that are judged at every look. */
export const JUDGED = 128;

export class Inspector {
  readonly store: StoreApi<InspectorState> = createStore<InspectorState>(() => ({
    scores: null,
    order: "place",
    refusal: "",
  }));
  readonly #session: Session;
  readonly #wishes = createWishes<"scores">();
  readonly #unsubscribe: () => void;
  /** Fakes drawn so far: every look has fresh ones. */
  #drawn = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = session.watchRun(() => {
      this.#wishes.cancel();
      this.#drawn = 0;
      this.store.setState({ scores: null, refusal: "" });
    });
  }

  /** Has everything judged by the weights that stand. */
  refresh(): void {
    this.#wishes.make("scores", () =>
      unlessRefused(
        () => this.#judge(),
        (refusal) => {
          this.store.setState({ refusal });
        },
      ),
    );
  }

  sort(order: Order): void {
    this.store.setState({ order });
  }

  dispose(): void {
    this.#wishes.cancel();
    this.#unsubscribe();
  }

  async #judge(): Promise<void> {
    const { run, running } = this.#session.store.getState();
    const { scoreOf } = SCORE_SCALES[running.loss];
    const scored = (group: JudgedImages | undefined): ScoredImages => ({
      images: group?.images ?? NO_IMAGES,
      scores: Array.from(group?.logits ?? [], scoreOf),
    });
    const { step, groups } = await this.#session.ask("judge", {
      sources: [
        { kind: "probe" },
        { kind: "fresh", first: this.#drawn, count: JUDGED },
        { kind: "lastReal", count: JUDGED },
      ],
    });
    if (run !== this.#session.store.getState().run) return;
    this.#drawn += JUDGED;
    const [grid, fakes, reals] = groups;
    const scores = { step, grid: scored(grid), fakes: scored(fakes), reals: scored(reals) };
    this.store.setState({ scores, refusal: "" });
  }
}

const NO_IMAGES: ImageBatch = { count: 0, shape: [1, 1, 1], pixels: new Uint8Array() };
