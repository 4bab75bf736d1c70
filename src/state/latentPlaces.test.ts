import { expect, test } from "vitest";
import { latentAt, latentOfCell, PLANE_SIZE, planeAround, REACH, roundTrip } from "./latentPlaces.ts";

/** Two numbers of noise, and one that says the class; one direction moves the first number, the other the second. */
const MAP = {
  latentDim: 3,
  classes: 1,
  probe: Float32Array.of(0, 0, 1, 4, -2, 0),
  directions: [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0)],
  shares: [0.6, 0.4],
  importance: Float32Array.of(0.6, 0.4, 0),
};
const ANCHOR = latentOfCell(MAP, 1);

test("a cell of the grid is a stretch of the probe", () => {
  expect([...ANCHOR]).toEqual([4, -2, 0]);
});

test("a place is the anchor, moved along the directions; truncation shrinks its noise and leaves its class", () => {
  const anchor = Float32Array.of(4, -2, 1);
  expect([...latentAt({ map: MAP, anchor, offsets: [1, 2], truncation: 1 })]).toEqual([5, 0, 1]);
  expect([...latentAt({ map: MAP, anchor, offsets: [2], truncation: 0.5 })]).toEqual([3, -1, 1]);
});

test("the plane goes row by row from the top left, with the anchor in its middle", () => {
  const plane = planeAround({ map: MAP, anchor: ANCHOR, truncation: 1 });
  expect(plane).toHaveLength(PLANE_SIZE * PLANE_SIZE);
  expect([...(plane[0] ?? [])]).toEqual([4 - REACH, -2 + REACH, 0]);
  expect([...(plane[PLANE_SIZE - 1] ?? [])]).toEqual([4 + REACH, -2 + REACH, 0]);
  expect(plane[(plane.length - 1) / 2]).toEqual(ANCHOR);
});

test("there is a line where there is one direction, and nothing where there is none", () => {
  const [first] = MAP.directions;
  const line = planeAround({ map: { ...MAP, directions: first ? [first] : [] }, anchor: ANCHOR, truncation: 1 });
  expect(new Set(line.map(([, second]) => second))).toEqual(new Set([-2]));
  expect(planeAround({ map: { ...MAP, directions: [] }, anchor: ANCHOR, truncation: 1 })).toEqual([]);
});

test("a round trip begins at every stop in turn, and goes evenly from one class to the next", () => {
  const [a, b] = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 1)];
  const way = roundTrip([a, b], 1);
  expect(way[0]).toEqual(a);
  expect(way[way.length / 2]).toEqual(b);
  expect(way[way.length / 4]?.[2]).toBe(0.5);
});
