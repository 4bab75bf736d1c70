import { expect, test } from "vitest";
import type { TimedMarker } from "./markers.ts";
import { addMarker } from "./markers.ts";

const FIRST: TimedMarker = { step: 10, path: "labelSmoothing", before: 0.9, after: 0.85, at: 1000 };

test("changes of one setting in quick succession are one change, from the first value to the last", () => {
  const markers = addMarker([FIRST], { step: 12, path: "labelSmoothing", before: 0.85, after: 0.7, at: 2000 });
  expect(markers).toEqual([{ step: 12, path: "labelSmoothing", before: 0.9, after: 0.7, at: 2000 }]);
});

test("changes far apart, or of different settings, stand for themselves", () => {
  const later = addMarker([FIRST], { ...FIRST, step: 90, before: 0.85, after: 0.8, at: 9000 });
  expect(later.map(({ step }) => step)).toEqual([10, 90]);
  expect(addMarker([FIRST], { ...FIRST, path: "discriminatorSteps", at: 1001 })).toHaveLength(2);
});

test("only the latest forty are kept", () => {
  let markers: readonly TimedMarker[] = [];
  for (let step = 0; step < 100; step++) markers = addMarker(markers, { ...FIRST, step, at: step * 10_000 });
  expect(markers).toHaveLength(40);
  expect(markers.at(-1)?.step).toBe(99);
});
