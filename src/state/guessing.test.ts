import { expect, test } from "vitest";
import { accuracyOf, confusionOf, dealRound, resultsByStep, ROUND_LENGTH, type Deck, type Kind } from "./guessing.ts";
import type { ScoredImages } from "./ranking.ts";

/** Images of one pixel, which says which one it is. */
function group(first: number, count: number): ScoredImages {
  const places = Array.from({ length: count }, (_, index) => first + index);
  return { images: { count, shape: [1, 1, 1], pixels: Uint8Array.from(places) }, scores: places };
}

// Fakes are 0 … 63 and reals 100 … 163, with scores to match.
const DECK: Deck = { step: 30, fakes: group(0, 64), reals: group(100, 64), dividing: 40 };

test("a round shows twenty images, each once, and each of the kind that it is said to be", () => {
  const { images, truths, step } = dealRound(DECK, 5, 0);
  expect(step).toBe(30);
  expect([images.count, images.pixels.length, truths.length]).toEqual([20, 20, 20]);
  expect(new Set(images.pixels).size).toBe(ROUND_LENGTH);
  expect(Array.from(images.pixels, (pixel): Kind => (pixel >= 100 ? "real" : "fake"))).toEqual(truths);
});

test("the discriminator takes for real what scores at least the dividing score", () => {
  const { images, discriminator } = dealRound(DECK, 5, 0);
  expect(discriminator).toEqual(Array.from(images.pixels, (pixel): Kind => (pixel >= 40 ? "real" : "fake")));
});

test("a seed and a game always deal the same, and another game deals something else", () => {
  expect(dealRound(DECK, 5, 1)).toEqual(dealRound(DECK, 5, 1));
  expect(dealRound(DECK, 5, 1).images.pixels).not.toEqual(dealRound(DECK, 5, 2).images.pixels);
  expect(dealRound(DECK, 6, 1).truths).not.toEqual(dealRound(DECK, 5, 1).truths);
});

test("either kind comes about as often, and its number cannot be counted on", () => {
  const reals = Array.from(
    { length: 200 },
    (_, game) => dealRound(DECK, 9, game).truths.filter((truth) => truth === "real").length,
  );
  // The mean of 200 sums of 20 coins has a standard deviation of √(20/4/200) = 0.16; five of them are allowed.
  expect(Math.abs(reals.reduce((sum, count) => sum + count, 0) / 200 - 10)).toBeLessThan(0.8);
  expect(new Set(reals).size).toBeGreaterThan(3);
});

test("confusion counts every image once, and accuracy is the share told rightly", () => {
  const truths: readonly Kind[] = ["real", "real", "real", "fake", "fake"];
  const guesses: readonly Kind[] = ["real", "fake", "real", "real", "fake"];
  const confusion = confusionOf(truths, guesses);
  expect(confusion).toEqual({ real: { real: 2, fake: 1 }, fake: { real: 1, fake: 1 } });
  expect(accuracyOf(confusion)).toBeCloseTo(3 / 5, 12);
  expect(accuracyOf(confusionOf(truths, []))).toBeNaN();
});

test("results stand in the order of steps, and games at the same step count together", () => {
  const results = [
    { step: 90, person: 0.5, discriminator: 0.75 },
    { step: 10, person: 0.75, discriminator: 1 },
    { step: 90, person: 1, discriminator: 0.25 },
  ];
  expect(resultsByStep(results)).toEqual([
    { step: 10, person: 0.75, discriminator: 1 },
    { step: 90, person: 0.75, discriminator: 0.5 },
  ]);
});
