/**
 * Differentiable augmentation (Zhao et al. 2020, arXiv 2006.10738): the discriminator is shown real and fake images changed at
 * random, in ways that gradients pass through, so that it cannot learn the few real ones by heart. It knows images and
 * chances; it must not know players.
 */
import {
  abs,
  add,
  concat,
  dispose,
  mul,
  reshape,
  scalar,
  split,
  step,
  sub,
  tensor,
  tidy,
  variable,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import { present } from "../shared/invariant.ts";
import type { TrainingConfig } from "./config.ts";
import type { Shape } from "./layers/layerShape.ts";

/** Where the middles of an image's rows and columns lie, counted in pixels from its upper left corner. */
export interface PixelPlaces {
  /** [1, height, 1, 1] */
  readonly rows: Variable;
  /** [1, 1, width, 1] */
  readonly columns: Variable;
}

/** Numbers in [0, 1) for each image of a batch, [batch, 1, 1, 1] each. */
interface Chances {
  readonly vertical: Tensor;
  readonly horizontal: Tensor;
}

export type AugmentationName = keyof TrainingConfig["augmentation"];

/** Images [batch, height, width, channels] in [−1, 1], changed; 0 is what lies outside of them. */
type Augmentation = (images: Tensor, chances: Chances, places: PixelPlaces) => Tensor;

/** How far an image may move along a side, as a share of it. */
const FARTHEST_MOVE = 1 / 8;
/** How much of a side a hole takes. */
const HOLE = 1 / 2;

/** The ways to change an image, in the order in which they come one after the other; section 3.2 and its authors' code. */
export const AUGMENTATIONS: Readonly<Record<AugmentationName, Augmentation>> = {
  brightness: (images, { vertical }) => add(images, sub(vertical, 0.5)),
  translation: (images, { vertical, horizontal }) => movedAlong(movedAlong(images, 1, vertical), 2, horizontal),
  cutout(images, { vertical, horizontal }, { rows, columns }) {
    const hole = mul(isNear(rows, vertical), isNear(columns, horizontal)); // [batch, height, width, 1]
    return mul(images, sub(1, hole));
  },
};

const NAMES = Object.keys(AUGMENTATIONS) as readonly AugmentationName[];

/** How many numbers an image is changed by. */
export const CHANCES_AN_IMAGE = 2 * NAMES.length;

/** The augmentations that are switched on, in their order. */
export function augmentationsOf({ augmentation }: Pick<TrainingConfig, "augmentation">): readonly AugmentationName[] {
  return NAMES.filter((name) => augmentation[name]);
}

/** The places of pixels in images [height, width, channels]; null for data that are no images. */
export function createPixelPlaces(dataShape: Shape): PixelPlaces | null {
  const [height, width, channels] = dataShape;
  if (height === undefined || width === undefined || channels === undefined) return null;
  const middles = (count: number, shape: readonly number[]) => {
    const values = Array.from({ length: count }, (_, index) => index + 0.5);
    return tidy(() => variable(tensor(values, [...shape]), false));
  };
  return { rows: middles(height, [1, height, 1, 1]), columns: middles(width, [1, 1, width, 1]) };
}

export function disposePixelPlaces({ rows, columns }: PixelPlaces): void {
  dispose([rows, columns]);
}

/**
 * Images [batch, height, width, channels] after those augmentations, by numbers [batch, CHANCES_AN_IMAGE] in [0, 1), of which
 * every augmentation has its own, whichever others are on.
 */
export function augmented(
  images: Tensor,
  names: readonly AugmentationName[],
  chances: Tensor,
  places: PixelPlaces,
): Tensor {
  const ofImages = split(chances, CHANCES_AN_IMAGE, 1).map((lane) => reshape(lane, [lane.size, 1, 1, 1]));
  const chance = (lane: number): Tensor => present(ofImages[lane], "the chances of an augmentation");
  return names.reduce((changed, name) => {
    const first = 2 * NAMES.indexOf(name);
    return AUGMENTATIONS[name](changed, { vertical: chance(first), horizontal: chance(first + 1) }, places);
  }, images);
}

/** 1 at the places along a side that lie in an image's hole, and 0 elsewhere; the hole may reach beyond the image. */
function isNear(places: Tensor, chance: Tensor): Tensor {
  const length = places.size;
  return step(sub((length * HOLE) / 2, abs(sub(places, mul(chance, length)))));
}

/** How many pixels an image may move along a side of that length, either way. */
export function farthestMove(length: number): number {
  return Math.floor(length * FARTHEST_MOVE + 0.5);
}

/**
 * Every image moved along an axis by a whole number of pixels, each from −farthest to +farthest as likely as any other. All
 * moves are made, and each image takes its own: a device has no way to look up a place that is both live and differentiable.
 */
function movedAlong(images: Tensor, axis: number, chance: Tensor): Tensor {
  const farthest = farthestMove(present(images.shape[axis], "the length of a side"));
  const count = 2 * farthest + 1;
  if (count === 1) return images;
  // 1 where the image's move is at least the order-th; the first one is in any case.
  const reached = Array.from({ length: count }, (_, order) =>
    order === 0 ? scalar(1) : step(sub(mul(chance, count), order)),
  );
  return reached
    .map((reaches, order) => {
      const next = reached[order + 1];
      return mul(movedBy(images, axis, order - farthest), next === undefined ? reaches : sub(reaches, next));
    })
    .reduce((sum, own) => add(sum, own));
}

/** All images moved by so many pixels towards higher places, with 0 where nothing comes from. */
function movedBy(images: Tensor, axis: number, pixels: number): Tensor {
  if (pixels === 0) return images;
  const length = present(images.shape[axis], "the length of a side");
  const first = pixels > 0 ? length - pixels : -pixels;
  const [before, after] = split(images, [first, length - first], axis) as [Tensor, Tensor];
  // What is moved out leaves a gap of its own size at the other end.
  return pixels > 0 ? concat([mul(after, 0), before], axis) : concat([after, mul(before, 0)], axis);
}
