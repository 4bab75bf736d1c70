import { describe, expect, test } from "vitest";
import { normal, uniform } from "../shared/random.ts";
import { FEATURES } from "./evaluator/classifier.ts";
import { featureStatistics } from "./frechetDistance.ts";
import type { ImageSource } from "./imageSource.ts";
import { measureQuality } from "./measureQuality.ts";
import { NearestImages } from "./nearestImages.ts";
import { MEASURE_NAMES, SAMPLES } from "./quality.ts";
import { createReference, type KnownOfData } from "./reference.ts";
import { rowsOf, type Rows } from "./rows.ts";
import { finishLater } from "./work.ts";

const SHAPE = [8, 8, 1] as const;
const SIZE = 64;
const CLASSES = 3;

interface PretendedImages {
  readonly pixels: Uint8Array;
  readonly judged: Rows;
  readonly source: ImageSource;
}

/** Noise as pixels, and as features numbers around a mean; the classifier pretends to see one class after the other. */
function pretend(draw: number, mean: number, classified = true): PretendedImages {
  const key = { seed: 1, stream: "samples", draw } as const;
  const pixels = Uint8Array.from(uniform(key, SAMPLES * SIZE), (value) => 256 * value);
  const width = FEATURES + CLASSES;
  const values = normal(key, SAMPLES * width).map((value, index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    if (column < FEATURES) return value + mean;
    return column - FEATURES === row % CLASSES ? 20 : 0;
  });
  const source: ImageSource = {
    shape: SHAPE,
    take: (first, count) =>
      Promise.resolve({
        pixels: pixels.subarray(first * SIZE, (first + count) * SIZE),
        judged: classified ? rowsOf(values.slice(first * width, (first + count) * width), width) : null,
      }),
  };
  return { pixels, judged: rowsOf(values, width), source };
}

function referenceOf(real: PretendedImages, known: KnownOfData | null) {
  const nearest = new NearestImages(SHAPE);
  return finishLater(createReference(real.source, known, (image) => nearest.find(real.pixels, image)));
}

function knownOf({ judged }: PretendedImages): KnownOfData {
  const features = rowsOf(
    judged.values.filter((_, index) => index % judged.width < FEATURES),
    FEATURES,
  );
  return { statistics: featureStatistics(features), copyDistance: 0.1 };
}

describe("a measurement", () => {
  test("of the real images themselves finds no difference, and nothing but copies", async () => {
    const real = pretend(0, 0);
    const { measures, histogram } = await finishLater(
      measureQuality(real.source, await referenceOf(real, knownOf(real)), "all"),
    );
    expect(measures).toMatchObject({ precision: 1, recall: 1, coverage: 1, copies: 1, patches: 0, sharpness: 1 });
    expect(measures.frechet).toBeLessThan(1e-6);
    // Three classes without doubt: e²⁰ beside 1 leaves about 4e-9.
    expect(measures.score).toBeCloseTo(CLASSES, 2);
    expect(measures.covered).toBe(CLASSES);
    expect(histogram).toEqual({ counts: [667, 667, 666], unrecognised: 0 });
  });

  test("of other images tells them from the real ones, without copies", async () => {
    const [real, other] = [pretend(0, 0), pretend(1, 3)];
    const reference = await referenceOf(real, knownOf(real));
    const { measures } = await finishLater(measureQuality(other.source, reference, "all"));
    expect(measures).toMatchObject({ precision: 0, coverage: 0, copies: 0 });
    // Each of the features lies 3 from its place.
    expect((measures.frechet ?? NaN) / (9 * FEATURES)).toBeCloseTo(1, 1);
    expect(measures.patches).toBeGreaterThan(0);
  });

  test("without a classifier measures what pixels alone tell", async () => {
    const real = pretend(0, 0, false);
    const { measures, histogram } = await finishLater(
      measureQuality(real.source, await referenceOf(real, null), "watched"),
    );
    const measured = MEASURE_NAMES.filter((name) => measures[name] !== null);
    expect(measured).toEqual(["sharpness", "patches"]);
    expect(histogram).toBeNull();
  });

  test("leaves patches out where a classifier tells more, unless all is asked for", async () => {
    const real = pretend(0, 0);
    const reference = await referenceOf(real, knownOf(real));
    const { measures } = await finishLater(measureQuality(real.source, reference, "watched"));
    expect(MEASURE_NAMES.filter((name) => measures[name] === null)).toEqual(["patches"]);
  });

  test("can be rested from at many places", async () => {
    const real = pretend(0, 0);
    const reference = await referenceOf(real, knownOf(real));
    const measuring = measureQuality(real.source, reference, "watched");
    let portions = 0;
    while ((await measuring.next()).done !== true) portions += 1;
    // 32 portions of images, 32 searches of several portions each, and the distances of features in 33 rows at a time.
    expect(portions).toBeGreaterThan(100);
  });
});
