/** An image under a map of tints, on a canvas: green where a number is above zero, amber where below. It knows no run. */
import { useEffect, useRef } from "react";
import type { ImageBatch } from "../../worker/protocol.ts";
import { useMedia, usePreference } from "../context.ts";
import { putPixels } from "../duel/pixels.ts";
import pictureStyles from "../explore/Picture.module.css";
import { paletteOf } from "../lab/palette.ts";
import styles from "./Heat.module.css";
import { heatPixels, type HeatMap } from "./heat.ts";

interface HeatProps {
  readonly name: string;
  readonly image: ImageBatch;
  readonly map: HeatMap;
}

export function Heat({ name, image, map }: HeatProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = usePreference((state) => state.theme);
  const isDark = useMedia("(prefers-color-scheme: dark)");
  useEffect(() => {
    // On the next frame of the screen, when the colours of another theme hold.
    const due = requestAnimationFrame(() => {
      if (canvas.current === null) return;
      const { real, generator } = paletteOf(canvas.current);
      putPixels(canvas.current, heatPixels(image, map, { positive: real, negative: generator }), image.shape[1]);
    });
    return () => {
      cancelAnimationFrame(due);
    };
  }, [image, map, theme, isDark]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={name}
      width={28}
      height={28}
      className={[pictureStyles.picture, styles.heat].join(" ")}
    />
  );
}
