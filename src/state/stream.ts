/** What the worker sends many times a second. Charts and canvases listen to it by selector; it never renders the page. */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { ImageBatch, NotMeasuredEvent, ProgressEvent, QualityEvent, SamplesEvent } from "../worker/protocol.ts";

export interface StreamState {
  /** Steps done in this run. */
  readonly step: number;
  /** The last measurements of this run, or null before the first step. */
  readonly progress: ProgressEvent | null;
  /** How good the samples of this run were when they were last measured, and before; null before the first time. */
  readonly quality: QualityEvent | null;
  /** Why samples are no longer measured between steps; null where they are, or were not to be. */
  readonly notMeasured: NotMeasuredEvent | null;
  /** The last images of the probe; those of the run before until a new run has its own. */
  readonly samples: SamplesEvent | null;
  readonly realSamples: ImageBatch | null;
}

export type StreamStore = StoreApi<StreamState>;

export function createStream(): StreamStore {
  return createStore<StreamState>(() => ({
    step: 0,
    progress: null,
    quality: null,
    notMeasured: null,
    samples: null,
    realSamples: null,
  }));
}

/** Calls `listener` now and whenever what `select` picks is another value. Returns how to stop. */
export function watch<State, Slice>(
  store: StoreApi<State>,
  select: (state: State) => Slice,
  listener: (slice: Slice) => void,
): () => void {
  let last = select(store.getState());
  listener(last);
  return store.subscribe((state) => {
    const next = select(state);
    if (Object.is(next, last)) return;
    last = next;
    listener(next);
  });
}
