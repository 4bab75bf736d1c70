/**
 * One image under the discriminator's eyes, be it a sample, a real one or a drawing, and what is drawn on it. It asks the run,
 * the latest wish first; it must not know components or tensors.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { ImageBatch } from "../worker/protocol.ts";
import type { Occlusion } from "../worker/questions/occlusion.question.ts";
import { fitting, replaced, type Drawing } from "./drawing.ts";
import { unlessRefused } from "./inquiries.ts";
import { SCORE_SCALES } from "./scores.ts";
import type { Session } from "./session.ts";
import { createThrottle } from "./throttle.ts";
import { createWishes } from "./wishes.ts";

/** What the discriminator said of an image, by the weights of one step. */
export interface Look {
  readonly step: number;
  /** The image that this is about; the pen may have gone on since. */
  readonly image: ImageBatch;
  readonly score: number;
  /** The gradient of its output by the pixels: [height · width · channels]. */
  readonly slopes: Float32Array;
}

export interface LensState {
  /** What is under the lens; null before the data's shape is known. */
  readonly drawing: Drawing | null;
  readonly look: Look | null;
  /** Whether a person wants to see which parts the score rests on. */
  readonly occludes: boolean;
  readonly occlusion: (Occlusion & { readonly image: ImageBatch }) | null;
  readonly refusal: string;
}

type Wish = "look" | "occlusion";

/** Some two hundred images are judged for one map, so it is made this often at most. */
const OCCLUSION_MILLISECONDS = 300;

export class Lens {
  readonly store: StoreApi<LensState> = createStore<LensState>(() => ({
    drawing: null,
    look: null,
    occludes: false,
    occlusion: null,
    refusal: "",
  }));
  readonly #session: Session;
  readonly #wishes = createWishes<Wish>();
  readonly #occlusions = createThrottle<null>(OCCLUSION_MILLISECONDS, () => {
    if (this.store.getState().occludes) this.#later("occlusion", (image) => this.#occlude(image));
  });
  readonly #unsubscribe: () => void;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = session.watchRun(() => {
      // A drawing outlives the run; what was said of it does not.
      this.#wishes.cancel();
      this.#occlusions.cancel();
      this.store.setState({ look: null, occlusion: null, refusal: "" });
    });
  }

  /** Makes ready for images of that shape: a black field to draw on, where nothing fits it yet. */
  begin(shape: ImageBatch["shape"]): void {
    this.store.setState({ drawing: fitting(this.store.getState().drawing, shape) });
  }

  /** Looks at another image, from which undo leads back. */
  hold(image: ImageBatch): void {
    this.draw(replaced(fitting(this.store.getState().drawing, image.shape), image));
  }

  /** Looks at what the drawing has become. */
  draw(drawing: Drawing): void {
    this.store.setState({ drawing });
    this.refresh();
  }

  /** Shows which parts the score rests on, or no longer does. */
  showOcclusion(occludes: boolean): void {
    this.store.setState({ occludes, occlusion: null });
    if (occludes) this.#occlusions.call(null);
  }

  /** Looks anew, because the weights or the image have changed. */
  refresh(): void {
    this.#later("look", (image) => this.#look(image));
    if (this.store.getState().occludes) this.#occlusions.call(null);
  }

  dispose(): void {
    this.#wishes.cancel();
    this.#occlusions.cancel();
    this.#unsubscribe();
  }

  async #look(image: ImageBatch): Promise<void> {
    const { scoreOf } = SCORE_SCALES[this.#session.store.getState().running.loss];
    const { step, logit, slopes } = await this.#session.ask("saliency", { image: copyOf(image) });
    this.store.setState({ look: { step, image, score: scoreOf(logit), slopes }, refusal: "" });
  }

  async #occlude(image: ImageBatch): Promise<void> {
    const occlusion = await this.#session.ask("occlusion", { image: copyOf(image) });
    // It may have been put away in the meantime.
    if (this.store.getState().occludes) this.store.setState({ occlusion: { ...occlusion, image } });
  }

  /** Does it with the image that is under the lens when its turn comes. */
  #later(wish: Wish, work: (image: ImageBatch) => Promise<void>): void {
    this.#wishes.make(wish, async () => {
      const { drawing } = this.store.getState();
      if (drawing === null) return;
      await unlessRefused(
        () => work(drawing.image),
        (refusal) => {
          this.store.setState({ refusal });
        },
      );
    });
  }
}

/** Pixels that travel are handed over: an image of one's own to send. */
export function copyOf(image: ImageBatch): ImageBatch {
  return { ...image, pixels: image.pixels.slice() };
}
