/** Walking through a step that is told slowly, with a step made up for it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { SlowStep } from "../worker/questions/slowStep.question.ts";
import { InquiryError } from "./inquiries.ts";
import type { Session } from "./session.ts";
import { SlowMotion } from "./slowMotion.ts";
import { stagesOf } from "./slowStages.ts";

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
  real: null,
  reals: null,
  classes: null,
  disguise: null,
  relative: false,
  loss: 0,
  classLoss: null,
  layers: [],
} as const;

const STEP: SlowStep = {
  step: 3,
  batchSize: 4,
  latentDim: 2,
  dataShape: [28, 28, 1],
  discriminator: { ...UPDATE, real: new Float32Array(), reals: UPDATE.fakes, flips: null, penalty: null },
  generator: { ...UPDATE, told: new Float32Array() },
};

/** How many stages a step without a disguise has. */
const STAGES = 14;

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
  for (let stage = 0; stage < STAGES + 3; stage++) slow.next();
  expect(slow.store.getState().stage).toBe(STAGES - 1);
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
  vi.advanceTimersByTime(2000 * STAGES);
  expect(slow.store.getState()).toMatchObject({ stage: STAGES - 1, playing: false });
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

describe("what a step has besides is told where it has it", () => {
  const disguise = {
    augmentations: ["brightness", "cutout"],
    noise: 0.125,
    fake: new Float32Array(),
    real: null,
  } as const;
  const { discriminator, generator } = STEP;
  if (discriminator === null || generator === null) throw new Error("the step has both players");
  const captionsOf = (step: SlowStep) => stagesOf(step).map(({ label, caption }) => `${label}: ${caption(step)}`);

  test("a disguise has a stage in either half", () => {
    const step = { ...STEP, discriminator: { ...discriminator, disguise }, generator: { ...generator, disguise } };
    const told = captionsOf(step);
    expect(told).toHaveLength(STAGES + 2);
    expect(told[3]).toContain(
      "Disguise both: Before the discriminator looks, each is made lighter or darker, cut and blurred by noise of 0.13, real",
    );
    expect(told[10]).toContain(
      "Disguise the fakes: These are made lighter or darker, cut and blurred by noise of 0.13 as well",
    );
    expect(captionsOf(STEP).join(" ")).not.toMatch(/disguise/i);
  });

  test("noise alone blurs", () => {
    const step = { ...STEP, generator: { ...generator, disguise: { ...disguise, augmentations: [] } } };
    expect(captionsOf(step)[9]).toContain("These are blurred by noise of 0.13 as well");
  });

  test("classes, a classifier and flipped labels are in the captions of what they change", () => {
    const classes = { fake: [], real: [] };
    const step = {
      ...STEP,
      discriminator: { ...discriminator, classes, classLoss: 2, flips: { real: 1, fake: 0, cost: 0.5 } },
    };
    const told = captionsOf(step);
    expect(told[0]).toContain("a class for each");
    expect(told[3]).toContain("says of what class it takes each to be");
    expect(told[4]).toContain("wrong way round");
    expect(told[4]).toContain("The classifier adds to it");
    expect(captionsOf(STEP).join(" ")).not.toMatch(/class|wrong way/);
  });
});
