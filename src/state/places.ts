/** The places of the page, one row each, and the store that says where a person is. It knows no component. */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";

/** In the order of the navigation. A name stands in links: once published it keeps its meaning. */
export const PLACES = {
  train: { label: "Train", help: "Watch the duel, and steer it." },
  build: { label: "Build", help: "Build both networks from layers of your own choice." },
  explore: { label: "Explore", help: "Walk through the generator's latent space." },
  inspect: { label: "Inspect", help: "See what the discriminator sees." },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly help: string }>>;

export type PlaceName = keyof typeof PLACES;

export const FIRST_PLACE: PlaceName = "train";

export function isPlaceName(value: unknown): value is PlaceName {
  return typeof value === "string" && Object.hasOwn(PLACES, value);
}

export interface PlaceState {
  readonly place: PlaceName;
}

export type PlaceStore = StoreApi<PlaceState>;

export function createPlaceStore(place: PlaceName): PlaceStore {
  return createStore<PlaceState>(() => ({ place }));
}
