/**
 * The plane on one canvas, as sharp as the screen, with a cross that the pointer or the arrow keys move. Frames are drawn as
 * they come, not by rendering.
 */
import type { KeyboardEvent, PointerEvent } from "react";
import { useEffect, useRef, useState } from "react";
import { useDuel, useMedia, usePreference } from "../context.ts";
import styles from "./LabCanvas.module.css";
import { paintCross, paintPlane, type PlacedPoint, type Sheet } from "./paint.ts";
import { paletteOf } from "./palette.ts";
import { Reading } from "./Reading.tsx";

/** Half the side of the plane, until an answer says it. */
export const EXTENT = 2;
/** How far an arrow key goes, and how far with Shift. */
const KEY_STEP = { plain: 0.1, fine: 0.02 } as const;
const MOVES: Readonly<Record<string, PlacedPoint>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const MIDDLE: PlacedPoint = [0, 0];

/** What a hand does on the canvas besides moving the cross. */
export interface Hand {
  readonly name: string;
  press(this: void, at: PlacedPoint): void;
  /** Only between `press` and `release`. */
  drag(this: void, at: PlacedPoint): void;
  release(this: void): void;
}

interface LabCanvasProps {
  /** Drawn in place of the views. */
  readonly paintOver?: (sheet: Sheet) => void;
  readonly hand?: Hand;
}

export function LabCanvas({ paintOver, hand }: LabCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cross, setCross] = useState<PlacedPoint | null>(null);
  const pressed = useRef(false);
  usePainting(canvas, cross, paintOver);
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const at = placeOf(event);
    setCross(at);
    if (pressed.current) hand?.drag(at);
  };
  const press = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const at = placeOf(event);
    setCross(at);
    if (hand === undefined) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = true;
    hand.press(at);
  };
  const release = (): void => {
    if (pressed.current) hand?.release();
    pressed.current = false;
  };
  const turnKey = (event: KeyboardEvent): void => {
    const [x, y] = cross ?? MIDDLE;
    const direction = MOVES[event.key];
    if (direction !== undefined) {
      const step = event.shiftKey ? KEY_STEP.fine : KEY_STEP.plain;
      setCross([inPlane(x + step * direction[0]), inPlane(y + step * direction[1])]);
    } else if (event.key === "Home") setCross(MIDDLE);
    else if ((event.key === " " || event.key === "Enter") && hand !== undefined) {
      hand.press([x, y]);
      hand.release();
    } else return;
    event.preventDefault();
  };
  const what = hand === undefined ? "Plane" : `Plane, ${hand.name}`;
  return (
    <>
      <div
        role="application"
        aria-roledescription="plane with a cross, moved by arrow keys"
        aria-label={cross === null ? what : `${what}: cross at x ${cross[0].toFixed(2)}, y ${cross[1].toFixed(2)}`}
        aria-describedby="lab-reading"
        tabIndex={0}
        className={styles.plane}
        data-draws={hand !== undefined}
        onFocus={() => {
          setCross(cross ?? MIDDLE);
        }}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={release}
        onPointerLeave={(event) => {
          if (!pressed.current && document.activeElement !== event.currentTarget) setCross(null);
        }}
        onKeyDown={turnKey}
      >
        <canvas ref={canvas} role="img" aria-label="Points in the plane" className={styles.canvas} />
      </div>
      <Reading cross={cross} />
    </>
  );
}

function inPlane(coordinate: number): number {
  return Math.min(EXTENT, Math.max(-EXTENT, coordinate));
}

function placeOf(event: PointerEvent<HTMLDivElement>): PlacedPoint {
  const box = event.currentTarget.getBoundingClientRect();
  const across = (event.clientX - box.left) / box.width;
  const down = (event.clientY - box.top) / box.height;
  return [inPlane(EXTENT * (2 * across - 1)), inPlane(EXTENT * (1 - 2 * down))];
}

type CanvasRef = Readonly<{ current: HTMLCanvasElement | null }>;

/** Paints on the next frame of the screen, whenever something else is to be seen. */
function usePainting(
  canvas: CanvasRef,
  cross: PlacedPoint | null,
  paintOver: ((sheet: Sheet) => void) | undefined,
): void {
  const { lab } = useDuel();
  const views = usePreference((state) => state.labViews);
  const theme = usePreference((state) => state.theme);
  const isDark = useMedia("(prefers-color-scheme: dark)");
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    let due = 0;
    const paint = (): void => {
      due = 0;
      const sheet = sheetOn(element);
      if (sheet === null) return;
      // Who draws sees the drawing alone.
      paintPlane(sheet, lab.store.getState().frame, paintOver === undefined ? views : []);
      paintOver?.(sheet);
      if (cross !== null) paintCross(sheet, cross);
    };
    const ask = (): void => {
      if (due === 0) due = requestAnimationFrame(paint);
    };
    ask();
    const stop = lab.store.subscribe(ask);
    const sizes = new ResizeObserver(ask);
    sizes.observe(element);
    return () => {
      stop();
      sizes.disconnect();
      cancelAnimationFrame(due);
    };
  }, [canvas, lab, views, theme, isDark, cross, paintOver]);
}

/** The canvas with a pixel for each of the screen's. */
function sheetOn(canvas: HTMLCanvasElement): Sheet | null {
  const scale = window.devicePixelRatio;
  const size = Math.round(canvas.clientWidth * scale);
  const context = canvas.getContext("2d");
  if (context === null || size === 0) return null;
  if (canvas.width !== size) [canvas.width, canvas.height] = [size, size];
  return { context, size, extent: EXTENT, scale, palette: paletteOf(canvas) };
}
