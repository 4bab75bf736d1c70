/** Points of a batch in the plane, each with its number, and the way that each is told to go. It knows no step. */
import { useId } from "react";
import { EXTENT } from "../lab/LabCanvas.tsx";
import styles from "./Items.module.css";
import { pointArrows } from "./pointArrows.ts";

interface PointPlaneProps {
  readonly name: string;
  /** [count, 2]. */
  readonly points: Float32Array;
  /** Where each is told to go, [count, 2]; only the directions and proportions show. */
  readonly told?: Float32Array | undefined;
}

const RADIUS = 0.045;
/** A number stands above its point, to the right. */
const LABEL = { right: 0.06, up: 0.07 } as const;

export function PointPlane({ name, points, told }: PointPlaneProps) {
  const head = useId();
  const placed = pointArrows(points, told ?? new Float32Array(points.length));
  return (
    <svg
      role="img"
      aria-label={`${name} in the plane`}
      viewBox={[-EXTENT, -EXTENT, 2 * EXTENT, 2 * EXTENT].join(" ")}
      className={styles.plane}
      data-look={told === undefined ? undefined : "told"}
    >
      <defs>
        <marker id={head} viewBox="0 0 6 6" refX="5" refY="3" markerWidth="5" markerHeight="5" orient="auto">
          <path d="M0,0 L6,3 L0,6" />
        </marker>
      </defs>
      <path
        d={`M0,${String(-EXTENT)}V${String(EXTENT)}M${String(-EXTENT)},0H${String(EXTENT)}`}
        className={styles.axes}
      />
      {placed.map(({ x, y, right, up }, index) => (
        <g key={index}>
          {Math.hypot(right, up) > RADIUS && (
            <line x1={x} y1={-y} x2={x + right} y2={-(y + up)} markerEnd={`url(#${head})`} className={styles.arrow} />
          )}
          <circle cx={x} cy={-y} r={RADIUS} />
          <text x={x + LABEL.right} y={-(y + LABEL.up)}>
            {index + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}
