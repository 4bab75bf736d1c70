/** The inspector over a pretended run, whose discriminator gives every image its place as a logit. */
import { expect, test } from "vitest";
import type { JudgedImages } from "../worker/questions/judge.question.ts";
import { Inspector, JUDGED } from "./inspector.ts";
import { pretendRun, settled } from "./pretendedRun.ts";

function group(count: number): JudgedImages {
  return {
    images: { count, shape: [1, 1, 1], pixels: new Uint8Array(count) },
    logits: Float32Array.from({ length: count }, (_, index) => index),
  };
}

function startInspector(refusal?: string) {
  const run = pretendRun((asked) => {
    if (refusal !== undefined) return refusal;
    if (asked.name !== "judge") throw new Error(`Nobody should have asked for ${asked.name}.`);
    const groups = asked.question.sources.map((source) => group("count" in source ? source.count : 2));
    return { name: "judge", answer: { step: 7, groups } };
  });
  return { ...run, inspector: new Inspector(run.session) };
}

test("a look scores the grid, fresh fakes and real images by the loss of the run", async () => {
  const { inspector } = startInspector();
  inspector.refresh();
  await settled();
  const { scores } = inspector.store.getState();
  expect(scores?.step).toBe(7);
  // The sigmoid of 0 and of 1.
  expect(scores?.grid.scores.map((score) => score.toFixed(4))).toEqual(["0.5000", "0.7311"]);
  expect([scores?.fakes.scores.length, scores?.reals.scores.length]).toEqual([JUDGED, JUDGED]);
});

test("every look has fresh fakes, and wishes that come too fast are one", async () => {
  const { inspector, asked } = startInspector();
  for (let time = 0; time < 5; time++) inspector.refresh();
  await settled();
  inspector.refresh();
  await settled();
  const firsts = asked.flatMap(({ question }) =>
    question !== null && "sources" in question
      ? question.sources.flatMap((source) => (source.kind === "fresh" ? [source.first] : []))
      : [],
  );
  expect(firsts).toEqual([0, JUDGED, 2 * JUDGED]);
});

test("a new run forgets the scores of the old one, and keeps the order", async () => {
  const { inspector, session } = startInspector();
  inspector.sort("rising");
  inspector.refresh();
  await settled();
  session.reset();
  expect(inspector.store.getState()).toMatchObject({ scores: null, order: "rising", refusal: "" });
});

test("a refusal is told", async () => {
  const { inspector } = startInspector("The weights are no longer numbers.");
  inspector.refresh();
  await settled();
  expect(inspector.store.getState().refusal).toBe("The weights are no longer numbers. Wait.");
});
