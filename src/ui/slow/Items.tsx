/** Some items of a batch in a row, each as what it is: noise, an image, a point, or the change it is told. It knows no step. */
import type { CSSProperties } from "react";
import { useEffect, useRef } from "react";
import { latentPixels, putPixels } from "../duel/pixels.ts";
import { formatMeasurement } from "../numbers.ts";
import styles from "./Items.module.css";
import { heatPixels, largest, LESS, MORE, valuePixels } from "./heat.ts";
import { PointPlane } from "./PointPlane.tsx";

export type ItemLook = "noise" | "fake" | "real" | "told";

export interface ItemsProps {
  /** What one item is called. */
  readonly name: string;
  readonly look: ItemLook;
  /** [count, ...shape]. */
  readonly values: Float32Array;
  readonly shape: readonly number[];
  readonly count: number;
  /** One score in [0, 1] for each. */
  readonly scores?: readonly number[];
  /** The class of each, where the players are told. */
  readonly classes?: readonly string[];
  /** Where the items are that are told to change. */
  readonly at?: Float32Array;
}

export function Items({ name, look, values, shape, count, scores, classes, at }: ItemsProps) {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const most = look === "told" ? largest(values) : 1;
  const isPicture = look === "noise" || isImage(shape);
  return (
    <figure className={styles.items} data-look={look}>
      {!isPicture && <PointPlane name={name} points={(at ?? values).subarray(0, 2 * count)} told={at && values} />}
      <ol className={isPicture ? styles.row : styles.list}>
        {Array.from({ length: count }, (_, index) => {
          const item = values.subarray(index * size, (index + 1) * size);
          const score = scores?.[index];
          const ofClass = classes?.[index];
          const label = `${name} ${String(index + 1)}${ofClass === undefined ? "" : `, class ${ofClass}`}`;
          return (
            <li key={index} data-look={look}>
              {isPicture ? (
                <Canvas label={label} pixels={() => pixelsOf(look, item, shape, most)} />
              ) : (
                <p className={styles.point}>
                  <b aria-hidden="true">{index + 1}</b>{" "}
                  {describePoint(item, at?.subarray(index * size, (index + 1) * size))}
                </p>
              )}
              {ofClass !== undefined && (
                <p aria-hidden="true" className={styles.class}>
                  {ofClass}
                </p>
              )}
              {score !== undefined && <ScoreBar label={`score of ${label}`} score={score} />}
            </li>
          );
        })}
      </ol>
      {look === "told" && isPicture && <Legend most={most} />}
    </figure>
  );
}

function isImage(shape: readonly number[]): boolean {
  return shape.length === 3 && (shape[0] ?? 0) > 1 && (shape[1] ?? 0) > 1;
}

function pixelsOf(look: ItemLook, item: Float32Array, shape: readonly number[], most: number) {
  if (look === "noise") return latentPixels(item);
  const [, width = 1, channels = 1] = shape;
  const pixels = look === "told" ? heatPixels(item, channels, most) : valuePixels(item, channels);
  return { pixels, width };
}

function describePoint(item: Float32Array, at: Float32Array | undefined): string {
  const text = (values: Float32Array) => `(${[...values].map((value) => formatMeasurement(value, 2)).join(", ")})`;
  return at === undefined
    ? text(item)
    : `${text(at)} → (${[...item].map((value) => value.toExponential(1).replaceAll("-", "−")).join(", ")})`;
}

interface CanvasProps {
  readonly label: string;
  readonly pixels: () => { readonly pixels: Uint8ClampedArray<ArrayBuffer>; readonly width: number };
}

function Canvas({ label, pixels: draw }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    const { pixels, width } = draw();
    putPixels(canvas.current, pixels, width);
  }, [draw]);
  return <canvas ref={canvas} role="img" aria-label={label} width={28} height={28} />;
}

function ScoreBar({ label, score }: { readonly label: string; readonly score: number }) {
  return (
    <div className={styles.score}>
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={score}
        aria-valuetext={formatMeasurement(score, 2)}
        className={styles.bar}
        style={{ "--score": score } as CSSProperties}
      />
      <span aria-hidden="true">{formatMeasurement(score, 2)}</span>
    </div>
  );
}

function Legend({ most }: { readonly most: number }) {
  const colour = (rgb: readonly number[]) => ({ "--colour": `rgb(${rgb.join(" ")})` }) as CSSProperties;
  return (
    <figcaption className={styles.legend}>
      <span style={colour(MORE)}>brighter</span>
      <span style={colour(LESS)}>darker</span>
      full colour: {most.toExponential(1)} a pixel
    </figcaption>
  );
}
