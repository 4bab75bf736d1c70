import { expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { slicedDistance } from "./slicedDistance.ts";

const CLOUD = normal({ seed: 3, stream: "points", draw: 0 }, 400);

test("points in another order are no way apart", () => {
  const turned = new Float32Array(CLOUD.length);
  for (let row = 0; row < 200; row++) turned.set(CLOUD.subarray(2 * row, 2 * row + 2), 2 * (199 - row));
  expect(slicedDistance(CLOUD, turned)).toBe(0);
});

test("a cloud that is moved is as far as it was moved, seen from all sides", () => {
  const moved = CLOUD.map((value, index) => value + (index % 2 === 0 ? 0.6 : 0.8));
  // |cos| averages to 2/π over all directions, to 1/400 of it over 32; float32 points add a millionth.
  expect(slicedDistance(CLOUD, moved)).toBeCloseTo(2 / Math.PI, 2);
});

test("a cloud that spreads twice as far is the distance that its projections' sizes average to", () => {
  const wider = CLOUD.map((value) => 2 * value);
  let reference = 0;
  for (let index = 0; index < 32; index++) {
    const angle = (Math.PI * index) / 32;
    for (let row = 0; row < 200; row++) {
      const along = (CLOUD[2 * row] ?? 0) * Math.cos(angle) + (CLOUD[2 * row + 1] ?? 0) * Math.sin(angle);
      reference += Math.abs(along) / 200 / 32;
    }
  }
  expect(slicedDistance(CLOUD, wider)).toBeCloseTo(reference, 10);
});

test("sets of unequal size are refused", () => {
  expect(() => slicedDistance(CLOUD, CLOUD.slice(2))).toThrow("unequal");
});
