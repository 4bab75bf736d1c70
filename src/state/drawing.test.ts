import { expect, test } from "vitest";
import { blankDrawing, canCentre, centred, cleared, fitting, MOST_PAST, replaced, stroked, undone } from "./drawing.ts";

const SHAPE = [28, 28, 1] as const;
const STROKE = { points: [{ x: 4, y: 4 }], width: 3, ink: [255] };

test("a stroke is one change, however far the pen has gone, and undo takes it away", () => {
  const before = blankDrawing(SHAPE);
  const begun = stroked(before, STROKE);
  const further = stroked(before, { ...STROKE, points: [...STROKE.points, { x: 20, y: 9 }] });
  expect(further.past).toHaveLength(1);
  expect(further.image.pixels).not.toEqual(begun.image.pixels);
  expect(undone(further)).toEqual(before);
});

test("clearing, centring and a new image can be undone, too", () => {
  const drawn = stroked(blankDrawing(SHAPE), STROKE);
  const other = { count: 1, shape: SHAPE, pixels: new Uint8Array(784).fill(9) };
  for (const next of [cleared(drawn), centred(drawn), replaced(drawn, other)]) {
    expect(next.image.pixels).not.toEqual(drawn.image.pixels);
    expect(undone(next)).toEqual(drawn);
  }
});

test("undo ends at the beginning, and the past has an end", () => {
  const blank = blankDrawing(SHAPE);
  expect(undone(blank)).toBe(blank);
  let drawing = blank;
  for (let change = 0; change < MOST_PAST + 5; change++) drawing = stroked(drawing, STROKE);
  expect(drawing.past).toHaveLength(MOST_PAST);
});

test("only grey images are centred as MNIST's are", () => {
  expect(canCentre(blankDrawing(SHAPE))).toBe(true);
  expect(canCentre(blankDrawing([28, 28, 3]))).toBe(false);
});

test("a drawing is kept as long as it fits the data", () => {
  const drawn = stroked(blankDrawing(SHAPE), STROKE);
  expect(fitting(drawn, [28, 28, 1])).toBe(drawn);
  expect(fitting(drawn, [32, 32, 3])).toEqual(blankDrawing([32, 32, 3]));
  expect(fitting(null, SHAPE)).toEqual(blankDrawing(SHAPE));
});
