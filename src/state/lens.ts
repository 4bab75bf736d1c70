/**
 * One image under the discriminator's eyes, be it a sample, a real one or a drawing. It asks the run, the latest wish first;
 * it must not know components or tensors.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { ImageBatch } from "../worker/protocol.ts";
import { unlessRefused } from "./inquiries.ts";
import { SCORE_SCALES } from "./scores.ts";
import type { Session } from "./session.ts";
import { watch } from "./stream.ts";
import { createWishes } from "./wishes.ts";

export interface LensState {
  readonly image: ImageBatch | null;
  /** By the weights of the last look. */
  readonly score: number | null;
  readonly refusal: string;
}

const NOTHING: LensState = { image: null, score: null, refusal: "" };

type Wish = "score";

export class Lens {
  readonly store: StoreApi<LensState> = createStore<LensState>(() => NOTHING);
  readonly #session: Session;
  readonly #wishes = createWishes<Wish>();
  readonly #unsubscribe: () => void;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = watch(
      session.store,
      ({ run }) => run,
      () => {
        this.#wishes.cancel();
        this.store.setState(NOTHING);
      },
    );
  }

  /** Looks at one image. */
  hold(image: ImageBatch): void {
    this.store.setState({ image });
    this.refresh();
  }

  /** Looks anew, because the weights or the image have changed. */
  refresh(): void {
    if (this.store.getState().image === null) return;
    this.#wishes.make("score", () => this.#attempt(() => this.#score()));
  }

  dispose(): void {
    this.#wishes.cancel();
    this.#unsubscribe();
  }

  async #score(): Promise<void> {
    const { image } = this.store.getState();
    if (image === null) return;
    const { scoreOf } = SCORE_SCALES[this.#session.store.getState().running.loss];
    const images = { ...image, pixels: image.pixels.slice() };
    const { groups } = await this.#session.ask("judge", { sources: [{ kind: "given", images }] });
    const logit = groups[0]?.logits[0];
    this.store.setState({ score: logit === undefined ? null : scoreOf(logit), refusal: "" });
  }

  #attempt(work: () => Promise<void>): Promise<void> {
    return unlessRefused(work, (refusal) => {
      this.store.setState({ refusal });
    });
  }
}
