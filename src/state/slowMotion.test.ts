/** Walking through a step that is told slowly, with a step made up for it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { SlowStep } from "../worker/questions/slowStep.question.ts";
import { InquiryError } from "./inquiries.ts";
import type { Session } from "./session.ts";
import { SlowMotion } from "./slowMotion.ts";
import { STAGES, stagesOf } from "./slowStages.ts";

const UPDATE = {
  updates: 1,
  carried: 0,
  z: new Float32Array(),
  fake: new Float32Array(),
  fakes: {
    goal: { term: "linear", target: 1, weight: 1 },
    target: 1,
    logits: new Float32Array(),
    costs: new Float32Array(),
  },
  loss: 0,
  layers: [],
} as const;

const STEP: SlowStep = {
  step: 3,
  batchSize: 4,
  latentDim: 2,
  dataShape: [28, 28, 1],
  discriminator: { ...UPDATE, real: new Float32Array(), reals: UPDATE.fakes, penalty: null },
  generator: { ...UPDATE, told: new Float32Array() },
};

function begun(stepSlowly: () => Promise<SlowStep>) {
  const store = createStore(() => ({ run: "run-1" }));
  const slow = new SlowMotion({ store, stepSlowly } as unknown as Session);
  return { slow, store };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("it walks from the first stage to the last and not beyond, and leaves nothing behind", async () => {
  const { slow } = begun(() => Promise.resolve(STEP));
  await slow.begin();
  slow.back();
  expect(slow.store.getState()).toMatchObject({ stage: 0, underWay: false });
  for (let stage = 0; stage < STAGES.length + 3; stage++) slow.next();
  expect(slow.store.getState().stage).toBe(STAGES.length - 1);
  slow.leave();
  expect(slow.store.getState()).toMatchObject({ step: null, stage: 0 });
});

test("it plays to the end at the pace that was chosen, and from the beginning again", async () => {
  const { slow } = begun(() => Promise.resolve(STEP));
  await slow.begin();
  slow.setPace(2);
  slow.play();
  vi.advanceTimersByTime(2000);
  expect(slow.store.getState().stage).toBe(1);
  vi.advanceTimersByTime(2000 * STAGES.length);
  expect(slow.store.getState()).toMatchObject({ stage: STAGES.length - 1, playing: false });
  slow.play();
  expect(slow.store.getState()).toMatchObject({ stage: 0, playing: true });
  slow.leave();
});

test("a step that cannot be made says why, and another run ends the telling", async () => {
  const refused = begun(() => Promise.reject(new InquiryError("No images.", "Wait.", false)));
  await refused.slow.begin();
  expect(refused.slow.store.getState()).toMatchObject({ step: null, refusal: "No images. Wait." });

  const { slow, store } = begun(() => Promise.resolve(STEP));
  await slow.begin();
  store.setState({ run: "run-2" });
  expect(slow.store.getState().step).toBeNull();
});

test("a step without updates of a player has no stages of that player", () => {
  expect(stagesOf({ ...STEP, discriminator: null }).map(({ player }) => player)).not.toContain("discriminator");
  expect(stagesOf({ ...STEP, generator: null })).toHaveLength(7);
});
