/** Points in the plane as one picture, where nothing but images can be shown: brighter where more points lie. */
import { PLANE_EXTENT } from "../data/points/distribution.ts";
import type { ImageBatch } from "./protocol.ts";

/** Pixels a side. */
const SIDE = 128;
const GROUND = 24;
/** What one point adds to the pixel it falls on. */
const POINT = 100;

/** `points` are pairs of coordinates; those outside the plane, or not numbers, are left out. */
export function scatterOf(points: Float32Array): ImageBatch {
  const pixels = new Uint8ClampedArray(SIDE * SIDE).fill(GROUND);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const column = pixelAt(points[at] ?? NaN);
    const row = SIDE - 1 - pixelAt(points[at + 1] ?? NaN);
    if (!(column >= 0 && column < SIDE && row >= 0 && row < SIDE)) continue;
    pixels[row * SIDE + column] = (pixels[row * SIDE + column] ?? 0) + POINT;
  }
  return { count: 1, shape: [SIDE, SIDE, 1], pixels: new Uint8Array(pixels.buffer) };
}

function pixelAt(coordinate: number): number {
  return Math.floor(((coordinate + PLANE_EXTENT) / (2 * PLANE_EXTENT)) * SIDE);
}
