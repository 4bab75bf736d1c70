/** Where components find the session, the stream and the preferences. It must not start any of them; the app does. */
import { createContext, useContext, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { present } from "../shared/invariant.ts";
import type { BuilderState } from "../state/builder.ts";
import type { DoctorState } from "../state/doctor/doctor.ts";
import type { ExplorerState } from "../state/explorer.ts";
import type { GameState } from "../state/game.ts";
import type { GaugeState } from "../state/gauge.ts";
import type { InspectorState } from "../state/inspector.ts";
import type { LabState } from "../state/lab.ts";
import type { LayerSightState } from "../state/layerSight.ts";
import type { LensState } from "../state/lens.ts";
import type { LookalikeState } from "../state/lookalike.ts";
import type { PlaceName } from "../state/places.ts";
import type { Preferences } from "../state/preferences.ts";
import type { SessionState } from "../state/sessionState.ts";
import type { SketchState } from "../state/sketch.ts";
import type { SlowMotionState } from "../state/slowMotion.ts";
import type { Duel } from "../state/start.ts";
import type { WriterState } from "../state/writing.ts";

export const DuelContext = createContext<Duel | null>(null);

export function useDuel(): Duel {
  return present(useContext(DuelContext), "the DuelContext");
}

/** A part of the session's state; the component renders again when it is another. */
export function useSession<Slice>(select: (state: SessionState) => Slice): Slice {
  return useStore(useDuel().session.store, select);
}

export function usePreference<Slice>(select: (preferences: Preferences) => Slice): Slice {
  return useStore(useDuel().preferences, select);
}

/** Where on the page a person is. */
export function usePlace(): PlaceName {
  return useStore(useDuel().places, (state) => state.place);
}

/** A part of the networks that are being built. */
export function useBuilder<Slice>(select: (state: BuilderState) => Slice): Slice {
  return useStore(useDuel().builder.store, select);
}

/** A part of what is done in latent space. */
export function useExplorer<Slice>(select: (state: ExplorerState) => Slice): Slice {
  return useStore(useDuel().explorer.store, select);
}

/** A part of what is the matter with the run. */
export function useDoctor<Slice>(select: (state: DoctorState) => Slice): Slice {
  return useStore(useDuel().doctor.store, select);
}

/** A part of whether samples are being measured because a person asked. */
export function useGauge<Slice>(select: (state: GaugeState) => Slice): Slice {
  return useStore(useDuel().gauge.store, select);
}

/** A part of what the discriminator says of samples, fakes and reals. */
export function useInspector<Slice>(select: (state: InspectorState) => Slice): Slice {
  return useStore(useDuel().inspector.store, select);
}

/** A part of what is looked at through the discriminator's eyes. */
export function useLens<Slice>(select: (state: LensState) => Slice): Slice {
  return useStore(useDuel().lens.store, select);
}

/** A part of which training image a sample is most like. */
export function useLookalike<Slice>(select: (state: LookalikeState) => Slice): Slice {
  return useStore(useDuel().lookalike.store, select);
}

/** A part of what single layers make. */
export function useLayerSight<Slice>(select: (state: LayerSightState) => Slice): Slice {
  return useStore(useDuel().layerSight.store, select);
}

/** A part of the game of telling real from fake. */
export function useGame<Slice>(select: (state: GameState) => Slice): Slice {
  return useStore(useDuel().game.store, select);
}

/** A part of what is seen of a run in the plane. */
export function useLab<Slice>(select: (state: LabState) => Slice): Slice {
  return useStore(useDuel().lab.store, select);
}

/** A part of a drawing in the making. */
export function useSketch<Slice>(select: (state: SketchState) => Slice): Slice {
  return useStore(useDuel().sketch.store, select);
}

/** A part of where a person is in a step that is told slowly. */
export function useSlowMotion<Slice>(select: (state: SlowMotionState) => Slice): Slice {
  return useStore(useDuel().slowMotion.store, select);
}

/** A part of the number that a person has written. */
export function useWriter<Slice>(select: (state: WriterState) => Slice): Slice {
  return useStore(useDuel().writer.store, select);
}

/** Whether a media query holds, now and as the window changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => {
        media.removeEventListener("change", listener);
      };
    },
    () => window.matchMedia(query).matches,
  );
}

/** Below this the settings and the measurements are sheets, and the transport sits at the bottom edge. */
export const NARROW = "(max-width: 719px)";
