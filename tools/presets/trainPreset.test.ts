/** A preset trained for a few steps, through the worker's own run loop on the cpu backend. */
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../src/engine/backend.ts";
import type { Config } from "../../src/gan/config.ts";
import type { Preset } from "../../src/gan/presets/index.ts";
import { POINTS_EIGHT_GAUSSIANS } from "../../src/gan/presets/pointsEightGaussians.ts";
import { Harness } from "../../src/worker/testHarness.ts";
import type { Channel } from "../cli/runReader.ts";
import { trainPreset } from "./trainPreset.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

const PRESET: Preset = {
  ...POINTS_EIGHT_GAUSSIANS,
  config: { ...POINTS_EIGHT_GAUSSIANS.config, batchSize: 4 },
};

/** A session with a worker that runs here, not in a browser. */
function openSession(): Channel {
  const harness = new Harness();
  let read = 0;
  return {
    send: (command) => {
      harness.send(command);
      return Promise.resolve();
    },
    next: async () => {
      for (;;) {
        const event = harness.events[read];
        if (event !== undefined) {
          read += 1;
          return event;
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
  };
}

test("a preset is measured and pictured at each step that is asked for, and at no other", async () => {
  const { outcome, probes } = await trainPreset(openSession(), PRESET, { steps: [2, 5], backend: "cpu" }, () => null);
  expect(outcome).toMatchObject({ config: PRESET.config, divergedAt: null, machine: { backend: "cpu" } });
  expect(outcome.moments.map(({ step }) => step)).toEqual([2, 5]);
  for (const { measures } of outcome.moments) {
    expect(Object.keys(measures).toSorted()).toEqual(
      [
        ...["discriminatorLoss", "fakeScore", "generatorGradientNorm", "goodShare", "jensenShannon", "modes"],
        ...["leadSwing", "realScore", "wasserstein"],
      ].toSorted(),
    );
  }
  expect(probes).toHaveLength(2);
  expect(probes[0]).toMatchObject({ count: 1 });
  expect(probes[0]?.pixels).not.toEqual(probes[1]?.pixels);
});

test("the same preset comes out the same again, whatever it was asked on the way", async () => {
  const [once, twice] = await Promise.all(
    [[5], [1, 3, 5]].map((steps) => trainPreset(openSession(), PRESET, { steps, backend: "cpu" }, () => null)),
  );
  expect(once?.outcome.moments.at(-1)?.measures).toEqual(twice?.outcome.moments.at(-1)?.measures);
  expect(once?.probes.at(-1)).toEqual(twice?.probes.at(-1));
});

test("a run that diverges ends there, says when, and still has a picture", async () => {
  const wild = { type: "sgd", learningRate: 0.1, momentum: 0.99 } as const;
  const config: Config = {
    ...PRESET.config,
    loss: "leastSquares",
    optimizer: { generator: wild, discriminator: wild },
  };
  const { outcome, probes } = await trainPreset(
    openSession(),
    { ...PRESET, config },
    { steps: [5000], backend: "cpu" },
    () => null,
  );
  expect(outcome.divergedAt).toBeGreaterThan(0);
  expect(outcome.divergedAt).toBeLessThan(5000);
  expect(outcome.moments).toEqual([]);
  expect(probes).toHaveLength(1);
});
