/** Starts what a page holds: the stores, the session over its worker, and the address bar that follows it. */
import { createTrainingClient } from "../worker/client.ts";
import { Builder } from "./builder.ts";
import { Doctor } from "./doctor/doctor.ts";
import { Explorer } from "./explorer.ts";
import { Game } from "./game.ts";
import { Gauge } from "./gauge.ts";
import { Inspector } from "./inspector.ts";
import { Lab } from "./lab.ts";
import { LayerSight } from "./layerSight.ts";
import { Lens } from "./lens.ts";
import { LookalikeSearch } from "./lookalike.ts";
import { readLink } from "./link.ts";
import { followLocation, readBackendQuery } from "./location.ts";
import { createPad, type PadStore } from "./pad.ts";
import type { PlaceStore } from "./places.ts";
import { createPlaceStore } from "./places.ts";
import type { PreferencesStore, Shelf } from "./preferences.ts";
import { createPreferences } from "./preferences.ts";
import { Session } from "./session.ts";
import { Sketch } from "./sketch.ts";
import { SlowMotion } from "./slowMotion.ts";
import type { StreamStore } from "./stream.ts";
import { createStream } from "./stream.ts";
import { Writer } from "./writing.ts";

export interface Duel {
  readonly session: Session;
  readonly stream: StreamStore;
  readonly preferences: PreferencesStore;
  readonly places: PlaceStore;
  readonly builder: Builder;
  readonly doctor: Doctor;
  readonly explorer: Explorer;
  readonly game: Game;
  readonly gauge: Gauge;
  readonly inspector: Inspector;
  readonly layerSight: LayerSight;
  readonly lens: Lens;
  readonly lookalike: LookalikeSearch;
  /** What a person draws for the generator to find. */
  readonly pad: PadStore;
  readonly lab: Lab;
  readonly sketch: Sketch;
  readonly slowMotion: SlowMotion;
  readonly writer: Writer;
}

/** Everything of one page, with a run being prepared as its address says; and what ends it all. */
export function startDuel(page: Window): Duel & { readonly dispose: () => void } {
  const link = readLink(page.location.hash);
  const { choice, strange } = readBackendQuery(page.location.search);
  const problems = link.ok ? [] : [...link.problems];
  if (strange !== null) problems.push(`There is no backend called “${strange}”.`);
  const stream = createStream();
  const session = new Session({
    client: createTrainingClient(),
    stream,
    start: { presetId: link.presetId, config: link.config, problems },
    backend: choice,
    now: () => performance.now(),
  });
  const places = createPlaceStore(link.place);
  const stopFollowing = followLocation(session, places, page);
  const preferences = createPreferences(openShelf(page));
  const clock = () => performance.now();
  const lab = new Lab(session, stream, preferences, clock);
  const lens = new Lens(session);
  const parts = {
    builder: new Builder(session),
    doctor: new Doctor(session, stream, lab, clock),
    explorer: new Explorer(session),
    game: new Game(session),
    gauge: new Gauge(session),
    inspector: new Inspector(session),
    layerSight: new LayerSight(session, lens),
    lens,
    lookalike: new LookalikeSearch(session, stream),
    lab,
    sketch: new Sketch(session),
    slowMotion: new SlowMotion(session),
    writer: new Writer(session),
  };
  const dispose = (): void => {
    stopFollowing();
    for (const part of Object.values(parts)) part.dispose();
    session.dispose();
  };
  return { session, stream, places, preferences, pad: createPad(), ...parts, dispose };
}

/** Reading localStorage itself throws where a browser forbids it. */
function openShelf(page: Window): Shelf | null {
  try {
    return page.localStorage;
  } catch {
    return null;
  }
}
