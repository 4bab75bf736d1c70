/** What each place looks like: its icon, and the component that fills it, loaded when it is first gone to. */
import { Blocks, Microscope, Swords, Telescope, type LucideIcon } from "lucide-react";
import { lazy, type ComponentType } from "react";
import type { PlaceName } from "../../state/places.ts";
import { TrainPlace } from "../train/TrainPlace.tsx";

export interface PlaceView {
  readonly icon: LucideIcon;
  readonly Place: ComponentType;
}

/** Adding a place is its folder, a row in state/places.ts, and a line here, with `lazy` around its import. */
export const PLACE_VIEWS: Readonly<Record<PlaceName, PlaceView>> = {
  train: { icon: Swords, Place: TrainPlace },
  build: {
    icon: Blocks,
    Place: lazy(async () => ({ default: (await import("../build/BuildPlace.tsx")).BuildPlace })),
  },
  explore: {
    icon: Telescope,
    Place: lazy(async () => ({ default: (await import("../explore/ExplorePlace.tsx")).ExplorePlace })),
  },
  inspect: {
    icon: Microscope,
    Place: lazy(async () => ({ default: (await import("../inspect/InspectPlace.tsx")).InspectPlace })),
  },
};
