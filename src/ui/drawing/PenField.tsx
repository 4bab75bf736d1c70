/** The field of pixels under the pen: it turns the ways of pointers and keys into strokes. It knows no tool and no purpose. */
import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from "react";
import type { Point } from "../../shared/pen.ts";
import { stroked, type Drawing } from "../../state/drawing.ts";
import { Picture } from "../explore/Picture.tsx";
import styles from "./DrawingPad.module.css";

export interface Pen {
  /** In pixels of the drawing. */
  readonly width: number;
  /** One byte a channel. */
  readonly ink: readonly number[];
}

interface PenFieldProps {
  readonly name: string;
  readonly drawing: Drawing;
  readonly pen: Pen;
  readonly onChange: (drawing: Drawing) => void;
  readonly onUndo: () => void;
}

/** A stroke that is not at its end: what was there before, and the way so far. */
interface Begun {
  readonly before: Drawing;
  readonly points: Point[];
}

const MOVES: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

export function PenField({ name, drawing, pen, onChange, onUndo }: PenFieldProps) {
  const [height, width] = drawing.image.shape;
  const begun = useRef<Begun | null>(null);
  // Where the keys have led the pen, and whether they have put it down.
  const [cursor, setCursor] = useState<Point>({ x: width / 2, y: height / 2 });
  const [down, setDown] = useState(false);

  const begin = (at: Point): void => {
    begun.current = { before: drawing, points: [at] };
    onChange(stroked(drawing, { ...pen, points: [at] }));
  };
  const goOn = (points: readonly Point[]): void => {
    if (begun.current === null) return;
    begun.current.points.push(...points);
    onChange(stroked(begun.current.before, { ...pen, points: begun.current.points }));
  };
  const end = (): void => {
    begun.current = null;
    setDown(false);
  };

  const press = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDown(false);
    begin(placeOf(event.nativeEvent, event.currentTarget, width, height));
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (begun.current === null || down) return;
    // A fast pen moves on between two frames; where the browser does not tell, its last place has to do.
    const all = "getCoalescedEvents" in event.nativeEvent ? event.nativeEvent.getCoalescedEvents() : [];
    const events = all.length > 0 ? all : [event.nativeEvent];
    goOn(events.map((one) => placeOf(one, event.currentTarget, width, height)));
  };

  const step = ([across, along]: readonly [number, number]): void => {
    const next = { x: within(cursor.x + across, width), y: within(cursor.y + along, height) };
    setCursor(next);
    if (down) goOn([next]);
  };
  const turnKey = (event: KeyboardEvent): void => {
    const way = MOVES[event.key];
    const undoes = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
    if (way !== undefined) step(way);
    else if (event.key === " ") {
      if (down) end();
      else {
        setDown(true);
        begin(cursor);
      }
    } else if (event.key === "Escape" && down) end();
    else if (undoes || event.key === "Backspace") {
      end();
      onUndo();
    } else return;
    event.preventDefault();
  };

  const [column, row] = [Math.floor(cursor.x) + 1, Math.floor(cursor.y) + 1];
  return (
    <div
      role="application"
      aria-label={`${name}: pen ${down ? "down" : "up"} at column ${String(column)}, row ${String(row)}`}
      aria-roledescription="field to draw on: arrows move, Space lowers and lifts the pen"
      tabIndex={0}
      className={styles.field}
      style={
        {
          "--across": cursor.x / width,
          "--down": cursor.y / height,
          "--pen": pen.width / width,
        } as CSSProperties
      }
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onBlur={end}
      onKeyDown={turnKey}
    >
      <Picture name="" images={drawing.image} index={0} />
      <span className={styles.cursor} data-down={down} aria-hidden="true" />
    </div>
  );
}

function within(value: number, size: number): number {
  return Math.min(size - 0.5, Math.max(0.5, value));
}

function placeOf(
  event: { readonly clientX: number; readonly clientY: number },
  field: Element,
  width: number,
  height: number,
): Point {
  const box = field.getBoundingClientRect();
  return { x: ((event.clientX - box.left) / box.width) * width, y: ((event.clientY - box.top) / box.height) * height };
}
