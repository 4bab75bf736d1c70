/** The lens over a pretended run, whose discriminator says how many pixels are lit. */
import { expect, test } from "vitest";
import type { ImageBatch } from "../worker/protocol.ts";
import { blankDrawing, stroked, undone } from "./drawing.ts";
import { Lens } from "./lens.ts";
import { pretendRun, settled } from "./pretendedRun.ts";

const SHAPE = [4, 4, 1] as const;
const lit = (count: number): ImageBatch => ({
  count: 1,
  shape: SHAPE,
  pixels: Uint8Array.from({ length: 16 }, (_, index) => (index < count ? 255 : 0)),
});

function startLens(refusal?: string) {
  const run = pretendRun((asked) => {
    if (refusal !== undefined) return refusal;
    if (asked.name === "saliency") {
      const logit = asked.question.image.pixels.filter((byte) => byte > 0).length;
      return { name: "saliency", answer: { step: 5, logit, slopes: new Float32Array(16) } };
    }
    if (asked.name === "occlusion")
      return { name: "occlusion", answer: { step: 5, rows: 2, columns: 2, falls: new Float32Array(4) } };
    throw new Error(`Nobody should have asked for ${asked.name}.`);
  });
  const lens = new Lens(run.session);
  return { ...run, lens, state: () => lens.store.getState(), names: () => run.asked.map(({ name }) => name) };
}

test("an image that is held is scored by the loss of the run, and undo leads back to what was there", async () => {
  const { lens, state } = startLens();
  lens.begin(SHAPE);
  lens.hold(lit(2));
  await settled();
  // The sigmoid of 2.
  expect(state().look?.score).toBeCloseTo(0.8808, 4);
  expect(state().look?.image).toEqual(lit(2));
  const { drawing } = state();
  expect(drawing && undone(drawing)).toEqual(blankDrawing(SHAPE));
});

test("strokes that come too fast are looked at together, the last one surely", async () => {
  const { lens, state, names } = startLens();
  for (let count = 1; count <= 9; count++) lens.hold(lit(count));
  await settled();
  expect(names()).toEqual(["saliency", "saliency"]);
  expect(state().look?.image).toEqual(lit(9));
});

test("which parts the score rests on is asked only while somebody wants to see it", async () => {
  const { lens, state, names } = startLens();
  lens.hold(lit(1));
  await settled();
  expect(names()).toEqual(["saliency"]);
  lens.showOcclusion(true);
  await settled();
  expect(names()).toEqual(["saliency", "occlusion"]);
  expect(state().occlusion).toMatchObject({ rows: 2, columns: 2, image: lit(1) });
  lens.showOcclusion(false);
  expect(state().occlusion).toBeNull();
});

test("a drawing outlives the run, and what was said of it does not", async () => {
  const { lens, session, state } = startLens();
  const drawn = stroked(blankDrawing(SHAPE), { points: [{ x: 2, y: 2 }], width: 2, ink: [255] });
  lens.draw(drawn);
  await settled();
  session.reset();
  expect(state()).toMatchObject({ drawing: drawn, look: null });
  lens.begin([8, 8, 1]);
  expect(state().drawing).toEqual(blankDrawing([8, 8, 1]));
});

test("before anything is known of the data, nothing is asked", async () => {
  const { lens, names } = startLens();
  lens.refresh();
  await settled();
  expect(names()).toEqual([]);
});

test("a refusal is told", async () => {
  const { lens, state } = startLens("The weights are no longer numbers.");
  lens.hold(lit(1));
  await settled();
  expect(state().refusal).toBe("The weights are no longer numbers. Wait.");
});
