/** One image, or all images of a batch in rows, on a canvas with crisp pixels. It knows bytes and nothing of where they come from. */
import { useEffect, useRef } from "react";
import type { ImageBatch } from "../../worker/protocol.ts";
import { gridLayout, gridPixels, imagePixels, putPixels } from "../duel/pixels.ts";
import styles from "./Picture.module.css";

interface PictureProps {
  /** The accessible name; empty where what surrounds the picture says it. */
  readonly name: string;
  readonly images: ImageBatch | null;
  /** Which image; all of them as a grid where it is left out. */
  readonly index?: number;
  readonly className?: string | undefined;
}

export function Picture({ name, images, index, className }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, images, index);
  }, [images, index]);
  const names = [styles.picture, className].filter((part) => part !== undefined).join(" ");
  return (
    <canvas
      ref={canvas}
      className={names}
      width={28}
      height={28}
      {...(name === "" ? { "aria-hidden": true } : { role: "img", "aria-label": name })}
    />
  );
}

function draw(canvas: HTMLCanvasElement, images: ImageBatch | null, index: number | undefined): void {
  if (images === null) canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
  else if (index === undefined) putPixels(canvas, gridPixels(images), gridLayout(images).width);
  else putPixels(canvas, imagePixels(images, index), images.shape[1]);
}
