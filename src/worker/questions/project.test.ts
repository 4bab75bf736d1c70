import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../engine/backend.ts";
import { Harness, ITEM_SIZE } from "../testHarness.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

const SHAPE = [28, 28, 1] as const;

test("the latent of an image that the generator made is found again, nearer with more steps", async () => {
  const harness = new Harness();
  await harness.configure();
  const image = await harness.ask("render", { kind: "fresh", first: 1000, count: 1 });
  const near = await harness.ask("project", { image, steps: 150 });
  const nearer = harness.all("answering").map(({ given }) => given);
  expect(near.image.pixels).toHaveLength(ITEM_SIZE);
  // A byte is 1/127.5 of the range; an untrained dense generator can be followed back to within a few of them.
  expect(near.error).toBeLessThan(0.05);
  const first = nearer[0];
  expect(first?.name === "project" && first.interim.error).toBeGreaterThan(near.error);
});

test("a search that is withdrawn leaves nothing behind, and training goes on as if it had not been", async () => {
  const plain = new Harness();
  await plain.configure();
  const { fingerprints } = await plain.trainUntil(3);
  const harness = new Harness();
  await harness.configure();
  await harness.ask("history", null);
  const before = memory().numTensors;
  const image = { count: 1, shape: SHAPE, pixels: new Uint8Array(ITEM_SIZE) };
  harness.send({ type: "ask", run: "run", request: 9, asked: { name: "project", question: { image, steps: 2000 } } });
  await harness.next("answering");
  harness.send({ type: "withdraw", run: "run", request: 9 });
  await harness.ask("history", null);
  expect(memory().numTensors).toBe(before);
  expect(harness.all("answered").filter(({ request }) => request === 9)).toEqual([]);
  expect((await harness.trainUntil(3)).fingerprints).toEqual(fingerprints);
});

test("a search and training take turns", async () => {
  const harness = new Harness();
  await harness.configure();
  const image = { count: 1, shape: SHAPE, pixels: new Uint8Array(ITEM_SIZE) };
  harness.send({ type: "ask", run: "run", request: 9, asked: { name: "project", question: { image, steps: 200 } } });
  await harness.next("answering");
  expect((await harness.trainUntil(3)).step).toBe(3);
  expect(harness.all("answered")).toEqual([]);
});

test.each([
  ["of another size", { image: { count: 1, shape: [2, 2, 1] as const, pixels: new Uint8Array(4) }, steps: 1 }],
  ["with too few pixels", { image: { count: 1, shape: SHAPE, pixels: new Uint8Array(4) }, steps: 1 }],
  ["for no steps", { image: { count: 1, shape: SHAPE, pixels: new Uint8Array(ITEM_SIZE) }, steps: 0 }],
])("a search %s is refused", async (_, question) => {
  const harness = new Harness();
  await harness.configure();
  harness.send({ type: "ask", run: "run", request: 4, asked: { name: "project", question } });
  expect(await harness.next("failed")).toMatchObject({ code: "badCommand", request: 4 });
});
