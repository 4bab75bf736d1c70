/** What a person draws to have it found in latent space, kept while they are elsewhere. It must not know runs or components. */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { Drawing } from "./drawing.ts";

export interface PadState {
  /** Null before the first stroke. */
  readonly drawing: Drawing | null;
}

export type PadStore = StoreApi<PadState>;

export function createPad(): PadStore {
  return createStore<PadState>(() => ({ drawing: null }));
}
