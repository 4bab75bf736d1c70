/** Images that can be measured, be they samples or real: their pixels, and what the classifier sees. It must not know which. */
import type { Tensor } from "@tensorflow/tfjs-core";
import { bytesOf } from "../shared/pixels.ts";
import { judge, type Classifier } from "./evaluator/classifier.ts";
import { rowsOf, type Rows } from "./rows.ts";
import type { LongWork } from "./work.ts";

export interface SeenImages {
  /** [count, height, width, channels] */
  readonly pixels: Uint8Array;
  /** Features, then logits, a row an image; null without a classifier. */
  readonly judged: Rows | null;
}

export interface ImageSource {
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `count` images from the `first`-th on. */
  take(this: void, first: number, count: number): Promise<SeenImages>;
}

/** @param make images [count, ...shape] in [−1, 1], which are freed here */
export function createImageSource(
  shape: ImageSource["shape"],
  classifier: Classifier | null,
  make: (first: number, count: number) => Tensor,
): ImageSource {
  return {
    shape,
    take: async (first, count) => {
      const images = make(first, count);
      const judged = classifier === null ? null : judge(classifier, images);
      try {
        const pixels = bytesOf(await images.data<"float32">());
        return { pixels, judged: judged === null ? null : rowsOf(await judged.data<"float32">(), judged.shape[1]) };
      } finally {
        images.dispose();
        judged?.dispose();
      }
    },
  };
}

/** Many images at once, in portions. */
export async function* takeAll(source: ImageSource, count: number): LongWork<SeenImages> {
  const parts: SeenImages[] = [];
  for (let first = 0; first < count; first += AT_ONCE) {
    parts.push(await source.take(first, Math.min(AT_ONCE, count - first)));
    yield;
  }
  return { pixels: joinedBytes(parts), judged: joinedRows(parts) };
}

/** As many as a sample grid has: what a network does in one go anyway. */
const AT_ONCE = 64;

function joinedBytes(parts: readonly SeenImages[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { pixels }) => sum + pixels.length, 0));
  let offset = 0;
  for (const { pixels } of parts) {
    joined.set(pixels, offset);
    offset += pixels.length;
  }
  return joined;
}

function joinedRows(parts: readonly SeenImages[]): Rows | null {
  const rows = parts.flatMap(({ judged }) => (judged === null ? [] : [judged]));
  const [first] = rows;
  if (first === undefined) return null;
  const joined = new Float32Array(rows.reduce((sum, { values }) => sum + values.length, 0));
  let offset = 0;
  for (const { values } of rows) {
    joined.set(values, offset);
    offset += values.length;
  }
  return rowsOf(joined, first.width);
}
