import { expect, test } from "vitest";
import { MOST_DRAWN } from "../gan/config.ts";
import { readLink, writeLink } from "./link.ts";
import { pretendRun } from "./pretendedRun.ts";
import { pointOf, Sketch } from "./sketch.ts";

function openSketch() {
  const { session } = pretendRun(() => "nothing is asked");
  const sketch = new Sketch(session);
  sketch.begin();
  const points = () => sketch.store.getState().points;
  return { session, sketch, points };
}

test("a stroke leaves points along its way, however fast the hand was, and undo takes it back whole", () => {
  const { sketch, points } = openSketch();
  sketch.press([-1, 0]);
  sketch.drag([1, 0]);
  sketch.release();
  expect(points()[0]).toEqual([0, 128]);
  expect(points().at(-1)).toEqual([255, 128]);
  const gaps = points()
    .slice(1)
    .map(([column], index) => column - (points()[index]?.[0] ?? NaN));
  // 255 places in 51 strides of five.
  expect(new Set(gaps)).toEqual(new Set([5]));
  sketch.press([0, 0.5]);
  expect(points()).toHaveLength(53);
  sketch.undo();
  expect(points()).toHaveLength(52);
  sketch.undo();
  expect(points()).toEqual([]);
});

test("the rubber takes what is near, and clearing can be undone", () => {
  const { sketch, points } = openSketch();
  sketch.press([0, 0]);
  sketch.press([0.5, 0]);
  sketch.choose("erase");
  sketch.press([0.52, 0.02]);
  expect(points()).toEqual([[128, 128]]);
  sketch.clear();
  expect(points()).toEqual([]);
  sketch.undo();
  expect(points()).toEqual([[128, 128]]);
});

test("a drawing ends at its most points, and says so", () => {
  const { sketch, points } = openSketch();
  for (let row = 0; row < 12; row++) {
    sketch.press([-1, row / 12]);
    sketch.drag([1, row / 12]);
    sketch.release();
  }
  expect(points()).toHaveLength(MOST_DRAWN);
  expect(sketch.store.getState().refusal).toContain("at most 400 points");
});

test("to fit a drawing is to run it with networks for points, and a link carries it", () => {
  const { session, sketch } = openSketch();
  sketch.fit();
  expect(sketch.store.getState().refusal).toBe("Draw at least one point first.");
  sketch.press([-0.5, 0.25]);
  sketch.setSpread(0.12);
  sketch.fit();
  const { running, presetId } = session.store.getState();
  expect(running).toMatchObject({ dataSet: "drawn", drawing: [[64, 159]], drawingSpread: 0.12, latentDim: 2 });
  expect(sketch.store.getState().open).toBe(false);
  const linked = readLink(writeLink({ presetId, config: running }));
  expect(linked).toMatchObject({ ok: true, config: running });
  sketch.begin();
  expect(sketch.store.getState()).toMatchObject({ points: [[64, 159]], spread: 0.12 });
});

test("places and points of the plane name one another", () => {
  for (const place of [
    [0, 0],
    [255, 17],
  ] as const) {
    const { sketch, points } = openSketch();
    sketch.press(pointOf(place));
    expect(points()).toEqual([place]);
  }
});

test.each([
  "#preset=points-ring&data=drawn&drawing=zz",
  `#preset=points-ring&data=drawn&drawing=${"0102".repeat(401)}`,
])("a link with a drawing that is none, or too large, is refused with a reason", (hash) => {
  const link = readLink(hash);
  expect(link.ok).toBe(false);
  expect(link.ok ? [] : link.problems).toHaveLength(1);
});
