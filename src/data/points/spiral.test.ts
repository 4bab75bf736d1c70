import { expect, test } from "vitest";
import { spiral } from "./spiral.ts";
import { pointsOf } from "./testing.ts";

test("points lie on the arms and not between them", () => {
  // Along the x axis the two turns are at 0.15, 0.875 and 1.6; halfway between them lies nothing.
  const near = (x: number) => pointsOf(spiral, 20_000).filter(([px, py]) => Math.hypot(px - x, py) < 0.12).length;
  expect(near(0.875)).toBeGreaterThan(100);
  expect(near(1.24)).toBe(0);
});

test("as many points fall on a stretch inside as on one outside", () => {
  const distances = pointsOf(spiral, 20_000).map(([x, y]) => Math.hypot(x, y));
  const between = (from: number, to: number) => distances.filter((r) => r >= from && r < to).length;
  // The arc of a turn grows with the radius, so equal widths of radius hold points as 0.5 to 1.2; within a tenth.
  expect(between(1.1, 1.3) / between(0.4, 0.6)).toBeCloseTo(1.2 / 0.5, 0);
});
