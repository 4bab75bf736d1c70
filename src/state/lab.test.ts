import { expect, test } from "vitest";
import type { PlaneAnswer, PlaneWish } from "../worker/questions/plane.question.ts";
import { Lab } from "./lab.ts";
import { switched } from "./labViews.ts";
import { createPreferences } from "./preferences.ts";
import { pretendRun, settled } from "./pretendedRun.ts";

const MEASURES = { kl: 1, jensenShannon: 0.5, wasserstein: 0.2, modes: null };

function answerTo(wish: PlaneWish, step: number): PlaneAnswer {
  const none = new Float32Array(0);
  return {
    step,
    extent: 2,
    real: none,
    fake: none,
    surface: none,
    manifold: null,
    told: null,
    densities: null,
    measures: wish.measures ? MEASURES : null,
  };
}

function openLab(dataSet = "ring") {
  let [step, time] = [0, 0];
  const run = pretendRun((asked) =>
    asked.name === "plane" ? { name: "plane", answer: answerTo(asked.question, step) } : "no",
  );
  const { session, stream } = run;
  session.changeSetting("dataSet", dataSet);
  session.reset();
  session.store.setState({ phase: "ready" });
  const preferences = createPreferences(null);
  const lab = new Lab(session, stream, preferences, () => time);
  const moveTo = async (next: number, at: number, phase: "training" | "paused"): Promise<void> => {
    [step, time] = [next, at];
    session.store.setState({ phase });
    await new Promise((resolve) => setTimeout(resolve, 450));
  };
  const wishes = () => run.asked.map(({ question }) => question as PlaneWish);
  return { ...run, lab, preferences, wishes, moveTo };
}

test("a look is taken as soon as the run stands, with what is to be shown", async () => {
  const { lab, preferences, wishes } = openLab();
  await settled();
  expect(lab.store.getState().frame).toMatchObject({ step: 0 });
  preferences.setState({ labViews: switched(["real", "surface"], "optimal") });
  await new Promise((resolve) => setTimeout(resolve, 450));
  expect(wishes().at(-1)).toMatchObject({ densities: true, manifold: false });
  lab.dispose();
});

test("measures come once a second while the run trains, and grow by a row a step", async () => {
  const { lab, moveTo, wishes } = openLab();
  await settled();
  await moveTo(5, 400, "training");
  expect(wishes().at(-1)?.measures).toBe(false);
  await moveTo(9, 2000, "paused");
  expect(lab.store.getState().measured.map(({ step }) => step)).toEqual([0, 9]);
  lab.dispose();
});

test("a run of images is not asked, and a new run forgets the old one's measures", async () => {
  const images = openLab("mnist");
  await settled();
  expect(images.asked).toEqual([]);
  images.lab.dispose();
  const { lab, session } = openLab();
  await settled();
  expect(lab.store.getState().measured).toHaveLength(1);
  session.reset();
  expect(lab.store.getState()).toMatchObject({ frame: null, measured: [] });
  lab.dispose();
});

test("grounds take one another's place, and other views stand beside them", () => {
  expect(switched(["real", "surface"], "difference")).toEqual(["real", "difference"]);
  expect(switched(["real", "surface"], "told")).toEqual(["real", "surface", "told"]);
  expect(switched(["real"], "real")).toEqual([]);
});
