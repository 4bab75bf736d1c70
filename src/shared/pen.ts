/** Strokes of a pen as pixels: a pure function of the way that the pen went. It must not know pointers, images or undo. */
type Bytes = Uint8Array<ArrayBuffer>;

/** In pixels from the top left corner; (0.5, 0.5) is the middle of the first pixel. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Stroke {
  /** Where the pen went; a single point is a dot. */
  readonly points: readonly Point[];
  /** In pixels. */
  readonly width: number;
  /** One byte a channel. */
  readonly ink: readonly number[];
}

export type PixelShape = readonly [height: number, width: number, channels: number];

/** Pixels [height, width, channels] with a stroke over them. Its edge is soft over one pixel. */
export function withStroke(pixels: Bytes, shape: PixelShape, { points, width, ink }: Stroke): Bytes {
  const channels = shape[2];
  const drawn = pixels.slice();
  coverage(points, width, shape).forEach((share, pixel) => {
    if (share === 0) return;
    for (let channel = 0; channel < channels; channel++) {
      const index = pixel * channels + channel;
      const before = drawn[index] ?? 0;
      drawn[index] = Math.round(before + share * ((ink[channel] ?? 0) - before));
    }
  });
  return drawn;
}

/** How much of each pixel a pen of that width covers, [height · width] in [0, 1], be it gone over once or often. */
function coverage(points: readonly Point[], penWidth: number, [height, width]: PixelShape): Float32Array {
  const shares = new Float32Array(height * width);
  const reach = penWidth / 2 + 0.5;
  for (const [index, to] of points.entries()) {
    const from = points[Math.max(0, index - 1)] ?? to;
    const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach].map(Math.floor);
    const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach].map(Math.floor);
    for (let y = Math.max(0, top ?? 0); y <= Math.min(height - 1, bottom ?? 0); y++) {
      for (let x = Math.max(0, left ?? 0); x <= Math.min(width - 1, right ?? 0); x++) {
        const share = Math.min(1, Math.max(0, reach - distance({ x: x + 0.5, y: y + 0.5 }, from, to)));
        shares[y * width + x] = Math.max(share, shares[y * width + x] ?? 0);
      }
    }
  }
  return shares;
}

/** From a point to the line between two others. */
function distance(point: Point, from: Point, to: Point): number {
  const along = { x: to.x - from.x, y: to.y - from.y };
  const length = along.x * along.x + along.y * along.y;
  const projected = length === 0 ? 0 : ((point.x - from.x) * along.x + (point.y - from.y) * along.y) / length;
  const share = Math.min(1, Math.max(0, projected));
  return Math.hypot(point.x - from.x - share * along.x, point.y - from.y - share * along.y);
}
