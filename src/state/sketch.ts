/**
 * A drawing in the making: the points so far, the tool in hand, what can be taken back. It hands the session a config of it;
 * it must not know canvases or what is made of a drawing.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import { DRAWING_PLACES, MOST_DRAWN, parseConfig, type Config } from "../gan/config.ts";
import { writeSetting } from "../gan/settings.ts";
import type { Session } from "./session.ts";

type Drawing = Config["drawing"];
type Place = Drawing[number];

/** From −1 to 1 across the plane, and up it. */
export type SketchPoint = readonly [right: number, up: number];
export type SketchTool = "pen" | "erase";

export interface SketchState {
  /** Whether a person draws. */
  readonly open: boolean;
  readonly tool: SketchTool;
  readonly points: Drawing;
  /** What the points were before each stroke, the last one last. */
  readonly past: readonly Drawing[];
  readonly spread: number;
  /** Why a point was not taken; empty where none was refused. */
  readonly refusal: string;
}

const CLOSED = { open: false, tool: "pen", points: [], past: [], refusal: "" } as const;
/** Places between two points of a stroke, and about a rubber. */
const SPACING = 5;
const RUBBER = 9;
/** So many strokes can be taken back. */
const MOST_PAST = 50;

export class Sketch {
  readonly store: StoreApi<SketchState>;
  readonly #session: Session;
  /** Where the hand was last in the stroke under way; null between strokes. */
  #last: Place | null = null;
  #stopWaiting: () => void = () => undefined;

  constructor(session: Session) {
    this.#session = session;
    const { drawingSpread } = session.store.getState().wanted;
    this.store = createStore<SketchState>(() => ({ ...CLOSED, spread: drawingSpread }));
  }

  /** Begins with what the run is of, where that was drawn, else with nothing. */
  begin(): void {
    const { dataSet, drawing, drawingSpread } = this.#session.store.getState().wanted;
    this.store.setState({ ...CLOSED, open: true, points: dataSet === "drawn" ? drawing : [], spread: drawingSpread });
  }

  leave(): void {
    this.store.setState(CLOSED);
  }

  choose(tool: SketchTool): void {
    this.store.setState({ tool });
  }

  setSpread(spread: number): void {
    this.store.setState({ spread });
  }

  /** Begins a stroke. */
  press(point: SketchPoint): void {
    this.#remember();
    this.#last = placeOf(point);
    this.#touch([this.#last]);
  }

  /** Goes on with it, on a straight line from where it was. */
  drag(point: SketchPoint): void {
    const from = this.#last;
    if (from === null) return;
    const to = placeOf(point);
    const { tool } = this.store.getState();
    const stride = tool === "pen" ? SPACING : RUBBER;
    const stops = Math.floor(distance(from, to) / stride);
    if (stops === 0) return;
    const touched = Array.from({ length: stops }, (_, index): Place => between(from, to, (index + 1) / stops));
    this.#last = to;
    this.#touch(touched);
  }

  release(): void {
    this.#last = null;
  }

  undo(): void {
    const { past } = this.store.getState();
    const points = past.at(-1);
    if (points !== undefined) this.store.setState({ points, past: past.slice(0, -1), refusal: "" });
  }

  clear(): void {
    this.#remember();
    this.store.setState({ points: [], refusal: "" });
  }

  /** Makes a run of the drawing, and trains it as soon as it stands. */
  fit(): void {
    const { points, spread } = this.store.getState();
    const { wanted, presetId } = this.#session.store.getState();
    const fields = writeSetting(wanted, "dataSet", "drawn") as Config;
    const parsed = parseConfig({ ...fields, drawing: points, drawingSpread: spread });
    if (!parsed.ok) {
      this.store.setState({ refusal: "Draw at least one point first." });
      return;
    }
    this.leave();
    this.#session.followLink({ presetId, config: parsed.config });
    this.#trainWhenReady();
  }

  dispose(): void {
    this.#stopWaiting();
  }

  #trainWhenReady(): void {
    this.#stopWaiting();
    const { run } = this.#session.store.getState();
    const look = (): void => {
      const state = this.#session.store.getState();
      if (state.run === run && state.phase === "preparing") return;
      this.#stopWaiting();
      if (state.run === run && state.phase !== "training") this.#session.train();
    };
    this.#stopWaiting = this.#session.store.subscribe(look);
    look();
  }

  #remember(): void {
    const { points, past } = this.store.getState();
    this.store.setState({ past: [...past, points].slice(-MOST_PAST) });
  }

  #touch(places: readonly Place[]): void {
    const { tool, points } = this.store.getState();
    if (tool === "erase") {
      const kept = points.filter((point) => places.every((place) => distance(point, place) > RUBBER));
      this.store.setState({ points: kept, refusal: "" });
      return;
    }
    const drawn = [...points];
    for (const place of places) {
      if (drawn.every((point) => point[0] !== place[0] || point[1] !== place[1])) drawn.push(place);
    }
    const refusal =
      drawn.length > MOST_DRAWN ? `A drawing has at most ${String(MOST_DRAWN)} points. Erase some to draw more.` : "";
    this.store.setState({ points: drawn.slice(0, MOST_DRAWN), refusal });
  }
}

function placeOf([right, up]: SketchPoint): Place {
  return [placeAlong(right), placeAlong(up)];
}

function placeAlong(share: number): number {
  const place = Math.round(((share + 1) / 2) * (DRAWING_PLACES - 1));
  return Math.min(DRAWING_PLACES - 1, Math.max(0, place));
}

/** A place of a drawing, from −1 to 1 across the plane, and up it. */
export function pointOf([column, row]: Place): SketchPoint {
  return [(2 * column) / (DRAWING_PLACES - 1) - 1, (2 * row) / (DRAWING_PLACES - 1) - 1];
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function between(a: Place, b: Place, part: number): Place {
  return [Math.round(a[0] + part * (b[0] - a[0])), Math.round(a[1] + part * (b[1] - a[1]))];
}
