/** How a person likes the page to look, kept in this browser. It holds nothing of the training. */
import * as v from "valibot";
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import { LAB_VIEWS } from "./labViews.ts";

const KEY = "duel.preferences";

const preferencesSchema = v.object({
  theme: v.fallback(v.picklist(["system", "light", "dark"]), "system"),
  lossScale: v.fallback(v.picklist(["linear", "log"]), "linear"),
  /** Series left out of the charts. */
  hiddenSeries: v.fallback(v.array(v.string()), []),
  /** Groups of settings that are folded away. */
  closedGroups: v.fallback(v.array(v.string()), []),
  /** What is shown in the plane, where a run makes points. */
  labViews: v.fallback(v.array(v.picklist(LAB_VIEWS)), ["real", "fake", "surface"]),
});

export type Preferences = Readonly<v.InferOutput<typeof preferencesSchema>>;
export type Theme = Preferences["theme"];
export type PreferencesStore = StoreApi<Preferences>;

/** The part of localStorage that is used. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

/** Preferences from the shelf, saved to it at every change. A shelf that refuses costs only the memory of them. */
export function createPreferences(shelf: Shelf | null): PreferencesStore {
  const store = createStore<Preferences>(() => read(shelf));
  store.subscribe((preferences) => {
    try {
      shelf?.setItem(KEY, JSON.stringify(preferences));
    } catch {
      // Private windows may refuse to store; the preference still holds for this visit.
    }
  });
  return store;
}

function read(shelf: Shelf | null): Preferences {
  let stored: unknown = null;
  try {
    stored = JSON.parse(shelf?.getItem(KEY) ?? "null");
  } catch {
    // Whatever stands there is not ours to repair: the defaults do.
  }
  const isRecord = typeof stored === "object" && stored !== null;
  return v.parse(preferencesSchema, { ...NOTHING, ...(isRecord ? (stored as object) : {}) });
}

/** Fields for the schema's fallbacks to fill. */
const NOTHING = { theme: null, lossScale: null, hiddenSeries: null, closedGroups: null, labViews: null };

/** A copy of the list with the item in it, or out of it where it was in. */
export function toggled(list: readonly string[], item: string): string[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}
