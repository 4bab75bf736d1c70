/** The plane of the two directions that change the images most: a map of images, and a point to move over it. */
import type { CSSProperties, KeyboardEvent, PointerEvent } from "react";
import { useRef } from "react";
import { REACH } from "../../state/latentPlaces.ts";
import { useDuel, useExplorer } from "../context.ts";
import styles from "./LatentPlane.module.css";
import { Picture } from "./Picture.tsx";

/** How far an arrow key goes. */
const KEY_STEP = 0.25;

const MOVES: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowRight: [KEY_STEP, 0],
  ArrowLeft: [-KEY_STEP, 0],
  ArrowUp: [0, KEY_STEP],
  ArrowDown: [0, -KEY_STEP],
};

function inReach(value: number): number {
  return Math.min(REACH, Math.max(-REACH, value));
}

export function LatentPlane() {
  const { explorer } = useDuel();
  const plane = useExplorer((state) => state.plane);
  const right = useExplorer((state) => state.offsets[0] ?? 0);
  const up = useExplorer((state) => state.offsets[1] ?? 0);
  const dragging = useRef(false);
  const goTo = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const across = (event.clientX - box.left) / box.width;
    const down = (event.clientY - box.top) / box.height;
    explorer.moveInPlane(inReach(REACH * (2 * across - 1)), inReach(REACH * (1 - 2 * down)));
  };
  const press = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    dragging.current = true;
    goTo(event);
  };
  const turnKey = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined && event.key !== "Home") return;
    event.preventDefault();
    if (move === undefined) explorer.moveInPlane(0, 0);
    else explorer.moveInPlane(inReach(right + move[0]), inReach(up + move[1]));
  };
  const place = {
    "--across": (right / REACH + 1) / 2,
    "--down": (1 - up / REACH) / 2,
  } as CSSProperties;
  return (
    <div
      role="application"
      aria-label={`Latent plane: direction 1 at ${right.toFixed(2)}, direction 2 at ${up.toFixed(2)}`}
      aria-roledescription="plane moved by arrow keys"
      tabIndex={0}
      className={styles.plane}
      style={place}
      onPointerDown={press}
      onPointerMove={(event) => {
        if (dragging.current) goTo(event);
      }}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onPointerCancel={() => {
        dragging.current = false;
      }}
      onKeyDown={turnKey}
    >
      <Picture name="" images={plane} />
      <span className={styles.point} aria-hidden="true" />
    </div>
  );
}
