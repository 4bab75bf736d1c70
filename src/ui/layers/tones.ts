/** Numbers of any size as tones of grey on one scale, whose ends can be written beside them. Pure: it knows no layer. */
import type { ImageBatch } from "../../worker/protocol.ts";

/** What the ends of the scale stand for; zero is black where nothing is negative, else the grey half way. */
export interface Scale {
  readonly black: number;
  readonly white: number;
}

export interface Toned {
  readonly images: ImageBatch;
  readonly scale: Scale;
}

const WHITE = 255;
/** Pixels of a side that make an image look like one. */
const SMALLEST = 24;
/** Images in a row of the sheet. */
const COLUMNS = 8;

/** One scale for all of these numbers: as far below zero as above where any is negative. What is no number does not count. */
export function scaleOf(values: Float32Array): Scale {
  let [least, greatest] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  if (least === 0) return { black: 0, white: greatest };
  const reach = Math.max(-least, greatest);
  return { black: -reach, white: reach };
}

/** Numbers [count, height, width, channels] as images; on a scale of nothing all are black, and so is what is no number. */
export function toned(values: Float32Array, count: number, shape: ImageBatch["shape"]): Toned {
  const scale = scaleOf(values);
  const span = scale.white - scale.black;
  const pixels = Uint8Array.from(values, (value) =>
    span === 0 || !Number.isFinite(value) ? 0 : Math.round((WHITE * (value - scale.black)) / span),
  );
  const columns = Math.min(COLUMNS, count);
  return { images: { count, shape, pixels, grid: { columns, rowLabels: [] } }, scale };
}

/** Images with each pixel a square, so that the smallest are large beside the gaps between them. */
export function enlarged(images: ImageBatch): ImageBatch {
  const {
    count,
    shape: [height, width, channels],
    pixels,
  } = images;
  const scale = Math.ceil(SMALLEST / Math.max(1, Math.min(height, width)));
  if (scale === 1) return images;
  const [high, wide] = [height * scale, width * scale];
  const large = new Uint8Array(count * high * wide * channels);
  for (let place = 0; place < large.length; place++) {
    const pixel = Math.floor(place / channels);
    const [image, row, column] = [Math.floor(pixel / (high * wide)), Math.floor(pixel / wide) % high, pixel % wide];
    const from = (image * height + Math.floor(row / scale)) * width + Math.floor(column / scale);
    large[place] = pixels[from * channels + (place % channels)] ?? 0;
  }
  return { ...images, shape: [high, wide, channels], pixels: large };
}

/** Maps that lie behind one another, [height, width, maps], as an image of one channel each. */
export function tonedMaps(
  values: Float32Array,
  [height, width, maps]: readonly [height: number, width: number, maps: number],
): Toned {
  const area = height * width;
  const apart = new Float32Array(values.length);
  for (let map = 0; map < maps; map++) {
    for (let place = 0; place < area; place++) apart[map * area + place] = values[place * maps + map] ?? NaN;
  }
  return toned(apart, maps, [height, width, 1]);
}
