import { grad, memory, mul, setBackend, sum, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "../shared/invariant.ts";
import { uniform } from "../shared/random.ts";
import {
  augmentationsOf,
  augmented,
  CHANCES_AN_IMAGE,
  createPixelPlaces,
  disposePixelPlaces,
  farthestMove,
  type AugmentationName,
  type PixelPlaces,
} from "./augmentation.ts";
import { along, derivative, DIGITS, draw, drawDirection } from "./finiteDifferences.ts";
import { DEFAULT_CONFIG } from "./config.ts";

const BATCH = 5;
const [HEIGHT, WIDTH, CHANNELS] = [9, 12, 2] as const;
const SHAPE = [BATCH, HEIGHT, WIDTH, CHANNELS] as const;
const CHANCES = [...uniform({ seed: 5, stream: "realAugmentation", draw: 0 }, BATCH * CHANCES_AN_IMAGE)];
const ALL = ["brightness", "translation", "cutout"] as const;

// Float32 rounds sums of numbers near 1 at a few units of 6e-8.
const NUMBER_DIGITS = 6;

type Images = (image: number, row: number, column: number, channel: number) => number;

/** The augmentations pixel by pixel, in float64. */
const REFERENCE: Readonly<Record<AugmentationName, (images: Images, chance: (image: number) => number[]) => Images>> = {
  brightness: (images, chance) => (image, row, column, channel) =>
    images(image, row, column, channel) + (chance(image)[0] ?? NaN) - 0.5,
  translation: (images, chance) => (image, row, column, channel) => {
    const [vertical = NaN, horizontal = NaN] = chance(image);
    const moveOf = (share: number, length: number) => {
      const farthest = farthestMove(length);
      return Math.floor(share * (2 * farthest + 1)) - farthest;
    };
    const [from, beside] = [row - moveOf(vertical, HEIGHT), column - moveOf(horizontal, WIDTH)];
    const isInside = from >= 0 && from < HEIGHT && beside >= 0 && beside < WIDTH;
    return isInside ? images(image, from, beside, channel) : 0;
  },
  cutout: (images, chance) => (image, row, column, channel) => {
    const [vertical = NaN, horizontal = NaN] = chance(image);
    const isIn = (place: number, share: number, length: number) => Math.abs(place + 0.5 - share * length) < length / 4;
    return isIn(row, vertical, HEIGHT) && isIn(column, horizontal, WIDTH) ? 0 : images(image, row, column, channel);
  },
};

function expectedOf(names: readonly AugmentationName[], values: ArrayLike<number>): readonly number[] {
  const original: Images = (image, row, column, channel) =>
    values[((image * HEIGHT + row) * WIDTH + column) * CHANNELS + channel] ?? NaN;
  const changed = names.reduce((images, name) => {
    const first = 2 * ALL.indexOf(name);
    const chance = (image: number) => [0, 1].map((lane) => CHANCES[image * CHANCES_AN_IMAGE + first + lane] ?? NaN);
    return REFERENCE[name](images, chance);
  }, original);
  return Array.from({ length: BATCH * HEIGHT * WIDTH * CHANNELS }, (_, index) => {
    const pixel = Math.floor(index / CHANNELS);
    const [row, column] = [Math.floor(pixel / WIDTH) % HEIGHT, pixel % WIDTH];
    return changed(Math.floor(pixel / WIDTH / HEIGHT), row, column, index % CHANNELS);
  });
}

let places: PixelPlaces;

beforeAll(async () => {
  await setBackend("cpu");
  places = present(createPixelPlaces([HEIGHT, WIDTH, CHANNELS]), "places of pixels");
});

afterAll(() => {
  disposePixelPlaces(places);
});

const change = (images: Tensor, names: readonly AugmentationName[]) =>
  augmented(images, names, tensor(CHANCES, [BATCH, CHANCES_AN_IMAGE]), places);

const CASES = [...ALL.map((name) => [name]), [...ALL]].map((names) => ({ names, title: names.join(", then ") }));

describe.for(CASES)("$title", ({ names }) => {
  test("changes every image as its own chances say, in float64 pixel by pixel", () => {
    const images = draw(1, SHAPE);
    const expected = expectedOf(names, images.dataSync());
    const actual = tidy(() => change(images, names).dataSync());
    for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, NUMBER_DIGITS);
    expect([...actual]).not.toEqual([...images.dataSync()]);
    images.dispose();
  });

  test("lets the gradient through to the pixels that are left", () => {
    const [images, direction] = [draw(2, SHAPE), drawDirection(3, SHAPE)];
    const weights = draw(4, SHAPE);
    const seen = (x: Tensor) => sum(mul(change(x, names), weights));
    const gradient = tidy(() => grad(seen)(images));
    expect(along(gradient, direction)).toBeCloseTo(derivative(seen, images, direction), DIGITS);
    for (const held of [images, direction, weights, gradient]) held.dispose();
  });
});

test("an image goes as far as an eighth of its side either way, and every move is as likely", () => {
  expect([28, 32, 64, 3].map(farthestMove)).toEqual([4, 4, 8, 0]);
  const moves = Array.from({ length: 9 }, (_, order) => (order + 0.5) / 9);
  const columns = tidy(() => {
    const side = 28;
    const own = present(createPixelPlaces([1, side, 1]), "places of pixels");
    const dot = Array.from({ length: moves.length * side }, (_, index) => (index % side === 14 ? 1 : 0));
    const chances = moves.flatMap((move) => [0, 0, 0, move, 0, 0]);
    const images = tensor(dot, [moves.length, 1, side, 1]);
    const moved = augmented(images, ["translation"], tensor(chances, [moves.length, CHANCES_AN_IMAGE]), own);
    disposePixelPlaces(own);
    const values = [...moved.dataSync()];
    return moves.map((_, image) => values.slice(image * side, (image + 1) * side).indexOf(1));
  });
  expect(columns).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18]);
});

test("only what is switched on is done, only to images, and leaves no tensors behind", () => {
  expect(augmentationsOf(DEFAULT_CONFIG)).toEqual([]);
  expect(augmentationsOf({ augmentation: { translation: true, cutout: false, brightness: true } })).toEqual([
    "brightness",
    "translation",
  ]);
  expect(createPixelPlaces([2])).toBeNull();
  const before = memory().numTensors;
  tidy(() => {
    change(draw(1, SHAPE), ALL);
  });
  expect(memory().numTensors).toBe(before);
});
