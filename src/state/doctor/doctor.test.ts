import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { present } from "../../shared/invariant.ts";
import type { ProgressEvent } from "../../worker/protocol.ts";
import { Lab } from "../lab.ts";
import { createPreferences } from "../preferences.ts";
import { pretendRun } from "../pretendedRun.ts";
import { Doctor } from "./doctor.ts";
import { offersOf } from "./offers.ts";
import { historyOf } from "./syntheticSigns.ts";

const MEMORY = { tensors: 0, bytes: 0, takenBytes: null };

function openDoctor() {
  const run = pretendRun(() => "Not now.");
  const { session, stream } = run;
  session.store.setState({ phase: "ready" });
  const lab = new Lab(session, stream, createPreferences(null), () => 0);
  const doctor = new Doctor(session, stream, lab, () => 0);
  const show = (step: number, formulas?: Parameters<typeof historyOf>[1]): void => {
    const rates = { epoch: 1, stepsPerSecond: 1, imagesPerSecond: 1, latest: null, memory: MEMORY };
    const event: ProgressEvent = {
      type: "progress",
      run: session.store.getState().run,
      step,
      chart: historyOf(step, formulas),
      recent: historyOf(step, formulas),
      ...rates,
    };
    stream.setState({ step, progress: event });
  };
  const titles = () => doctor.store.getState().diagnoses.map(({ rule }) => rule.title);
  return { ...run, doctor, show, titles };
}

const CERTAIN = { realScore: () => 0.99, fakeScore: () => 0.01 };
/** Longer than the doctor waits between two looks. */
const nextLook = () => vi.advanceTimersByTimeAsync(1100);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a fair duel is healthy, one that is won is not from the second look on, and a new run is not judged yet", async () => {
  const { doctor, session, show, titles } = openDoctor();
  show(300);
  await nextLook();
  expect(titles()).toEqual(["Healthy"]);
  show(301, CERTAIN);
  await nextLook();
  expect(titles()).toEqual(["Healthy"]);
  show(302, CERTAIN);
  await nextLook();
  expect(titles()).toEqual(["The discriminator wins"]);
  session.reset();
  expect(titles()).toEqual([]);
  doctor.dispose();
});

test("a loss that is no number any more is told at once", async () => {
  const { doctor, session, show, titles } = openDoctor();
  show(3);
  const { run } = session.store.getState();
  const failure = { type: "failed", run, code: "diverged", message: "", safe: "", next: "" } as const;
  session.store.setState({ failure });
  await nextLook();
  expect(titles()).toEqual(["Diverging"]);
  doctor.dispose();
});

test("taking what is offered wants that setting", async () => {
  const { doctor, session, show } = openDoctor();
  show(300, CERTAIN);
  await nextLook();
  show(301, CERTAIN);
  await nextLook();
  const { wanted } = session.store.getState();
  const diagnosis = present(doctor.store.getState().diagnoses[0], "a diagnosis");
  const offer = present(offersOf(diagnosis.rule, wanted).at(-1), "an offer");
  doctor.take(offer);
  expect(offer.path).toBe("optimizer.discriminator.learningRate");
  expect(session.store.getState().wanted.optimizer.discriminator.learningRate).toBe(offer.after);
  doctor.dispose();
});
