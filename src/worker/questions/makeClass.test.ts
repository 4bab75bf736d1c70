import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../engine/backend.ts";
import type { EvaluatorFiles } from "../openEvaluator.ts";
import { Harness, TINY } from "../testHarness.ts";
import { pretendEvaluator } from "./pretendedEvaluator.ts";

const CONDITIONAL = { ...TINY, conditioning: { type: "auxiliaryClassifier", weight: 1 } } as const;

let evaluator: EvaluatorFiles;

beforeAll(async () => {
  await startBackend("simd");
  evaluator = await pretendEvaluator();
});

async function startHarness(config: typeof TINY = TINY, given: EvaluatorFiles | null = evaluator) {
  const harness = new Harness(1, undefined, given);
  harness.backend = "simd";
  await harness.configure("run", config);
  const { probe, latentDim } = await harness.ask("latents", { directions: 1 });
  return { harness, latent: probe.slice(0, latentDim) };
}

test("the classifier reads the class more surely where z has moved, and the way is as long as is said", async () => {
  const { harness, latent } = await startHarness();
  const [atOnce, found] = [
    await harness.ask("makeClass", { latent, label: 3, steps: 1 }),
    await harness.ask("makeClass", { latent, label: 3, steps: 60 }),
  ];
  expect(found.probability).toBeGreaterThan(atOnce.probability ?? NaN);
  const way = Math.hypot(...found.latent.map((value, index) => value - (latent[index] ?? 0)));
  // Latents are float32.
  expect(found.distance).toBeCloseTo(way, 5);
  expect(way).toBeGreaterThan(0);
  const onTheWay = harness.all("answering").map(({ given }) => (given.name === "makeClass" ? given.interim.step : NaN));
  expect(onTheWay.slice(0, 3)).toEqual([5, 10, 15]);
});

test.each(["uniform", "spherical"] as const)("latents that are %s stay so", async (latentDistribution) => {
  const { harness, latent } = await startHarness({ ...TINY, latentDistribution });
  const { latent: found } = await harness.ask("makeClass", { latent, label: 3, steps: 30 });
  expect(found).not.toEqual(latent);
  if (latentDistribution === "uniform") for (const value of found) expect(Math.abs(value)).toBeLessThanOrEqual(1);
  else expect(Math.hypot(...found)).toBeCloseTo(Math.sqrt(latent.length), 4);
});

test("a generator that is told classes is told another one, with the noise as it was", async () => {
  const { harness, latent } = await startHarness(CONDITIONAL);
  const {
    step,
    distance,
    latent: found,
    probability,
  } = await harness.ask("makeClass", { latent, label: 7, steps: 30 });
  expect([step, distance]).toEqual([0, 0]);
  expect(found.slice(0, TINY.latentDim)).toEqual(latent.slice(0, TINY.latentDim));
  expect([...found.slice(TINY.latentDim)]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  expect(probability).toBeGreaterThan(0);
  const { harness: alone } = await startHarness(CONDITIONAL, null);
  expect((await alone.ask("makeClass", { latent, label: 7, steps: 30 })).probability).toBeNull();
});

test("a search that is withdrawn leaves nothing behind", async () => {
  const { harness, latent } = await startHarness();
  // The classifier has come and stays.
  await harness.ask("makeClass", { latent, label: 1, steps: 1 });
  const before = memory().numTensors;
  const asked = { name: "makeClass", question: { latent, label: 3, steps: 2000 } } as const;
  harness.send({ type: "ask", run: "run", request: 9, asked });
  await harness.next("answering");
  harness.send({ type: "withdraw", run: "run", request: 9 });
  await harness.ask("history", null);
  expect(memory().numTensors).toBe(before);
  expect(harness.all("answered").filter(({ request }) => request === 9)).toEqual([]);
});

test.each([
  ["of another length", { latent: new Float32Array(2), label: 1, steps: 1 }, /are not a latent of 3/],
  ["of no number", { latent: new Float32Array(3).fill(NaN), label: 1, steps: 1 }, /are not a latent of 3/],
  ["for a class that there is not", { latent: new Float32Array(3), label: 10, steps: 1 }, /no class 10/],
  ["for no steps", { latent: new Float32Array(3), label: 1, steps: 0 }, /0 steps cannot be made/],
] as const)("a question %s is refused", async (_, question, message) => {
  const { harness } = await startHarness();
  harness.send({ type: "ask", run: "run", request: 4, asked: { name: "makeClass", question } });
  const failed = await harness.next("failed");
  expect(failed).toMatchObject({ code: "badCommand", request: 4 });
  expect(failed.message).toMatch(message);
});

test("without classes and without a classifier the question is refused", async () => {
  const { harness, latent } = await startHarness(TINY, null);
  harness.send({
    type: "ask",
    run: "run",
    request: 4,
    asked: { name: "makeClass", question: { latent, label: 1, steps: 1 } },
  });
  expect((await harness.next("failed")).message).toContain("Nothing here can tell the classes");
});
