/** A drawing in pixels and what it was before: pure values, so that any place can keep one. It must not know pens or screens. */
import { centredAsMnist } from "../shared/centring.ts";
import { withStroke, type Stroke } from "../shared/pen.ts";
import type { ImageBatch } from "../worker/protocol.ts";

export interface Drawing {
  /** One image. */
  readonly image: ImageBatch;
  /** What undo goes back to, the latest last. */
  readonly past: readonly ImageBatch[];
}

/** Undo goes back this far. */
export const MOST_PAST = 60;

/** A black field to draw on. */
export function blankDrawing(shape: ImageBatch["shape"]): Drawing {
  return { image: blankImage(shape), past: [] };
}

/** The drawing where it has that shape, else a black field of it. */
export function fitting(drawing: Drawing | null, shape: ImageBatch["shape"]): Drawing {
  return drawing?.image.shape.join() === shape.join() ? drawing : blankDrawing(shape);
}

/** Another image in its place, from which undo leads back. */
export function replaced({ image: before, past }: Drawing, image: ImageBatch): Drawing {
  return { image, past: [...past, before].slice(-MOST_PAST) };
}

/** The drawing as it was when the pen came down, and the stroke so far. */
export function stroked(before: Drawing, stroke: Stroke): Drawing {
  const { image } = before;
  return replaced(before, { ...image, pixels: withStroke(image.pixels, image.shape, stroke) });
}

export function cleared(drawing: Drawing): Drawing {
  return replaced(drawing, blankImage(drawing.image.shape));
}

/** Whether it can be centred as MNIST's digits are: grey, on black. */
export function canCentre({ image: { shape } }: Drawing): boolean {
  return shape[2] === 1;
}

export function centred(drawing: Drawing): Drawing {
  const { image } = drawing;
  return replaced(drawing, { ...image, pixels: centredAsMnist(image.pixels, image.shape) });
}

/** One change back; the same where there is nothing to go back to. */
export function undone(drawing: Drawing): Drawing {
  const image = drawing.past.at(-1);
  return image === undefined ? drawing : { image, past: drawing.past.slice(0, -1) };
}

function blankImage(shape: ImageBatch["shape"]): ImageBatch {
  return { count: 1, shape, pixels: new Uint8Array(shape.reduce((product, dimension) => product * dimension, 1)) };
}
