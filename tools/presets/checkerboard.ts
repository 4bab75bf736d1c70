/** How much of images is a checkerboard: a pattern that repeats every two pixels. Pure; it must not know who made them. */
import type { ImageBatch } from "../../src/worker/protocol.ts";

/** Pixels from one stroke of a kernel to the next, where strides are two. */
const PERIOD = 2;

/**
 * The share of the images' variance that lies between the four phases of a pixel (row even or odd, column even or odd), from
 * 0 to 1; null where nothing varies. By Parseval it is the share of their spectral energy, but for the mean, at the three
 * frequencies of one change of sign a pixel, across, down or both, which strides of two leave behind (Odena et al. 2016).
 * White noise has 3 / (height · width − 1).
 */
export function checkerboardShare({
  count,
  shape,
  pixels,
}: Pick<ImageBatch, "count" | "shape" | "pixels">): number | null {
  const [height, width, channels] = shape;
  const size = height * width;
  let [between, all] = [0, 0];
  for (let image = 0; image < count; image++) {
    for (let channel = 0; channel < channels; channel++) {
      const valueAt = (place: number): number => pixels[(image * size + place) * channels + channel] ?? 0;
      const phases = phasesOf(valueAt, height, width);
      const mean = phases.reduce((sum, phase) => sum + phase.sum, 0) / size;
      for (let place = 0; place < size; place++) all += (valueAt(place) - mean) ** 2;
      for (const { sum, places } of phases) between += places * (sum / places - mean) ** 2;
    }
  }
  return all === 0 ? null : between / all;
}

interface Phase {
  sum: number;
  places: number;
}

function phasesOf(valueAt: (place: number) => number, height: number, width: number): readonly Readonly<Phase>[] {
  const phases = new Map<number, Phase>();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const key = (row % PERIOD) * PERIOD + (column % PERIOD);
      const phase = phases.get(key) ?? { sum: 0, places: 0 };
      phases.set(key, { sum: phase.sum + valueAt(row * width + column), places: phase.places + 1 });
    }
  }
  return [...phases.values()];
}
