/** The whole worker but for its thread: commands in, events out, on the cpu backend with tiny networks and made-up images. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import { DataError } from "../data/dataError.ts";
import { startBackend } from "../engine/backend.ts";
import type { Config } from "../gan/config.ts";
import { ENTRY, Harness, ITEM_SIZE, SHARD_SIZE, shard, TINY } from "./testHarness.ts";

// The cpu backend computes on the thread of the tests, which a busy machine may slow down a lot.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  await startBackend("cpu");
});

describe("a run", () => {
  test("says what it is made of, then shows the untrained generator and real images", async () => {
    const harness = new Harness();
    const ready = await harness.configure();
    expect(ready.backend.name).toBe("cpu");
    expect(ready.networks.discriminator.parameters).toBe(785);
    const samples = await harness.next("samples");
    expect(samples).toMatchObject({ step: 0, images: { count: 64, shape: [28, 28, 1] } });
    expect(samples.images.pixels).toHaveLength(64 * ITEM_SIZE);
    const real = await harness.next("realSamples");
    expect(real.images.pixels).toEqual(shard(0).pixels.slice(0, 64 * ITEM_SIZE));
  });

  test("is the same whatever is paused, shown or rendered meanwhile", async () => {
    const plain = new Harness();
    await plain.configure();
    const expected = (await plain.trainUntil(12)).fingerprints;

    const disturbed = new Harness();
    await disturbed.configure();
    await disturbed.trainUntil(5);
    disturbed.send({ type: "acknowledgeSamples", run: "run" });
    await disturbed.ask("render", { kind: "fresh", first: 0, count: 70 });
    await disturbed.step("both");
    await disturbed.step("discriminator");
    await disturbed.step("generator");
    disturbed.send({ type: "train", run: "run" });
    disturbed.send({ type: "pause", run: "run" });
    await disturbed.next("paused");
    expect((await disturbed.trainUntil(12)).fingerprints).toEqual(expected);
    expect((await disturbed.history()).discriminatorLoss).toEqual((await plain.history()).discriminatorLoss);
  });

  test("is another with another seed", async () => {
    const harness = new Harness();
    const first = await harness.configure("a");
    const second = await harness.configure("b", { ...TINY, seed: 2 });
    const again = await harness.configure("c");
    expect(second.fingerprints.generator).not.toBe(first.fingerprints.generator);
    expect(again.fingerprints).toEqual(first.fingerprints);
  });

  test("moves only the network whose half of a step is made", async () => {
    const harness = new Harness();
    const start = (await harness.configure()).fingerprints;
    const afterDiscriminator = await harness.step("discriminator");
    expect(afterDiscriminator.fingerprints.generator).toBe(start.generator);
    expect(afterDiscriminator.fingerprints.discriminator).not.toBe(start.discriminator);
    expect(afterDiscriminator).toMatchObject({ step: 0, why: "stepped" });
    const afterGenerator = await harness.step("generator");
    expect(afterGenerator.fingerprints.discriminator).toBe(afterDiscriminator.fingerprints.discriminator);
    expect(afterGenerator.fingerprints.generator).not.toBe(start.generator);
    expect(afterGenerator.step).toBe(1);
  });

  test("has one row a step, which two halves share", async () => {
    const harness = new Harness();
    await harness.configure();
    await harness.step("discriminator");
    expect(harness.all("progress").at(-1)?.latest).toMatchObject({ step: 1, generatorLoss: null });
    await harness.step("generator");
    await harness.step("generator");
    await harness.trainUntil(5);
    const { step, discriminatorLoss, generatorLoss, milliseconds } = await harness.history();
    expect([...step]).toEqual([1, 2, 3, 4, 5]);
    expect([...discriminatorLoss].map(Number.isNaN)).toEqual([false, true, false, false, false]);
    expect([...generatorLoss].some(Number.isNaN)).toBe(false);
    expect([...milliseconds].every((value) => value > 0)).toBe(true);
  });

  test("pauses within a step and shows the images of the weights that stand", async () => {
    // A clock by which every step takes long enough to be reported, and to end its turn of the worker.
    let time = 0;
    const harness = new Harness(1, () => (time += 300));
    await harness.configure();
    harness.send({ type: "acknowledgeSamples", run: "run" });
    harness.send({ type: "train", run: "run" });
    await harness.next("progress");
    await harness.next("progress");
    harness.send({ type: "acknowledgeSamples", run: "run" });
    const stepWhenAsked = harness.all("progress").at(-1)?.step ?? 0;
    harness.send({ type: "pause", run: "run" });
    const paused = await harness.next("paused");
    expect(stepWhenAsked).toBeGreaterThan(0);
    expect(paused).toMatchObject({ why: "asked" });
    expect(paused.step - stepWhenAsked).toBeLessThanOrEqual(1);
    expect(harness.all("samples").at(-1)?.step).toBe(paused.step);
  });

  test("sends no frame before the last was acknowledged, and then the one that stands", async () => {
    const harness = new Harness();
    await harness.configure();
    await harness.trainUntil(3);
    expect(harness.all("samples").map(({ step }) => step)).toEqual([0]);
    harness.send({ type: "acknowledgeSamples", run: "run" });
    await harness.trainUntil(4);
    harness.send({ type: "acknowledgeSamples", run: "run" });
    await harness.history();
    expect(harness.all("samples").map(({ step }) => step)).toEqual([0, 3, 4]);
  });

  test("keeps the probe every so many steps, dropping none", async () => {
    const harness = new Harness();
    await harness.configure("run", TINY, 2);
    await harness.trainUntil(5);
    expect(harness.all("keepsake").map(({ step }) => step)).toEqual([0, 2, 4]);
  });

  test("makes as many updates of the discriminator as are asked for", async () => {
    const harness = new Harness();
    await harness.configure("run", { ...TINY, discriminatorSteps: 3 });
    await harness.trainUntil(2);
    const images = 2 * 3 * TINY.batchSize;
    expect(harness.all("progress").at(-1)?.epoch).toBeCloseTo(images / ENTRY.trainCount, 12);
  });

  test("counts whole steps, whatever updates they are made of", async () => {
    const harness = new Harness();
    const start = (await harness.configure("run", { ...TINY, discriminatorSteps: 0, generatorSteps: 3 })).fingerprints;
    const afterGenerator = await harness.trainUntil(2);
    expect(afterGenerator.step).toBe(2);
    expect(afterGenerator.fingerprints.discriminator).toBe(start.discriminator);
    expect(harness.all("progress").at(-1)?.epoch).toBe(0);

    harness.send({ type: "tune", run: "run", path: "discriminatorSteps", value: 2 });
    harness.send({ type: "tune", run: "run", path: "generatorSteps", value: 0 });
    const afterDiscriminator = await harness.trainUntil(4);
    expect(afterDiscriminator.step).toBe(4);
    expect(afterDiscriminator.fingerprints.generator).toBe(afterGenerator.fingerprints.generator);
    // A step that the generator has no part in ends with the discriminator.
    expect((await harness.step("generator")).step).toBe(4);
    expect((await harness.step("discriminator")).step).toBe(5);

    const { step, discriminatorLoss, generatorLoss } = await harness.history();
    expect([...step]).toEqual([1, 2, 3, 4, 5]);
    expect([...discriminatorLoss].map(Number.isNaN)).toEqual([true, true, false, false, false]);
    expect([...generatorLoss].map(Number.isNaN)).toEqual([false, false, true, true, false]);
  });

  test("refuses a step without any update", async () => {
    const harness = new Harness();
    await harness.configure("run", { ...TINY, generatorSteps: 0 });
    harness.send({ type: "tune", run: "run", path: "discriminatorSteps", value: 0 });
    const refused = await harness.next("failed");
    expect(refused).toMatchObject({ code: "badCommand" });
    expect(refused.message).toContain("a step needs an update of one player");
  });

  test("shows the averaged weights or the latest ones, as it is asked to, and at once while it stands", async () => {
    const harness = new Harness();
    await harness.configure("run", { ...TINY, averageDecay: 0.9 });
    harness.send({ type: "acknowledgeSamples", run: "run" });
    await harness.trainUntil(3);
    // Where a step takes long, an earlier image is under way, and the last one waits until that is acknowledged.
    harness.send({ type: "acknowledgeSamples", run: "run" });
    await harness.history();
    const averaged = harness.all("samples").at(-1);
    harness.send({ type: "acknowledgeSamples", run: "run" });
    harness.send({ type: "tune", run: "run", path: "showAveraged", value: false });
    await harness.history();
    const latest = harness.all("samples").at(-1);
    expect([averaged?.step, latest?.step]).toEqual([3, 3]);
    expect(latest?.images.pixels).not.toEqual(averaged?.images.pixels);

    const plain = new Harness();
    await plain.configure();
    expect((await harness.trainUntil(4)).fingerprints).toEqual((await plain.trainUntil(4)).fingerprints);
  });

  test("trains by learning rates that fall to nothing by the end of their schedule", async () => {
    const harness = new Harness();
    await harness.configure("run", { ...TINY, learningRateSchedule: "linear", scheduleSteps: 10 });
    harness.send({ type: "tune", run: "run", path: "optimizer.generator.learningRate", value: 1e-6 });
    const last = await harness.trainUntil(10);
    const after = await harness.trainUntil(12);
    expect(after.fingerprints).toEqual(last.fingerprints);
    harness.send({ type: "tune", run: "run", path: "scheduleSteps", value: 20 });
    expect((await harness.trainUntil(13)).fingerprints).not.toEqual(last.fingerprints);
  });

  test("renders a latent to the same image, however many are asked for", async () => {
    const harness = new Harness();
    await harness.configure();
    const many = (await harness.ask("render", { kind: "fresh", first: 0, count: 70 })).pixels;
    const one = (await harness.ask("render", { kind: "fresh", first: 66, count: 1 })).pixels;
    expect(one).toEqual(many.slice(66 * ITEM_SIZE, 67 * ITEM_SIZE));
  });

  test("refuses latents that do not fit", async () => {
    const harness = new Harness();
    await harness.configure();
    const values = new Float32Array(5);
    const question = { kind: "given", values, count: 2 } as const;
    harness.send({ type: "ask", run: "run", request: 8, asked: { name: "render", question } });
    expect(await harness.next("failed")).toMatchObject({ code: "badCommand", request: 8 });
  });
});

describe("tuning", () => {
  test("changes a live setting at the next step and marks it", async () => {
    const harness = new Harness();
    await harness.configure();
    const before = await harness.trainUntil(2);
    harness.send({ type: "tune", run: "run", path: "optimizer.discriminator.learningRate", value: 1e-1 });
    const { marker } = await harness.next("tuned");
    expect(marker).toEqual({ step: 2, path: "optimizer.discriminator.learningRate", before: 2e-4, after: 0.1 });

    const plain = new Harness();
    await plain.configure();
    expect((await plain.trainUntil(2)).fingerprints).toEqual(before.fingerprints);
    const untuned = (await plain.step("discriminator")).fingerprints;
    expect((await harness.step("discriminator")).fingerprints.discriminator).not.toBe(untuned.discriminator);
  });

  test.each([
    ["a setting that needs a new run", "batchSize", 8],
    ["a value out of range", "labelSmoothing", 7],
    ["a setting that this optimizer lacks", "optimizer.generator.momentum", 0.5],
    ["a path that is no setting", "version", 2],
  ])("refuses %s and changes nothing", async (_, path, value) => {
    const harness = new Harness();
    const { fingerprints } = await harness.configure();
    harness.send({ type: "tune", run: "run", path, value });
    expect(await harness.next("failed")).toMatchObject({ code: "badCommand", run: "run" });
    expect(harness.all("tuned")).toEqual([]);
    harness.send({ type: "pause", run: "run" });
    expect((await harness.next("paused")).fingerprints).toEqual(fingerprints);
  });
});

describe("trouble", () => {
  test("a loss that is no number stops the run, with the last good measurements kept", async () => {
    const harness = new Harness();
    const wild = { type: "sgd", learningRate: 0.1, momentum: 0.99 } as const;
    const config: Config = {
      ...TINY,
      loss: "leastSquares",
      optimizer: { generator: wild, discriminator: wild },
    };
    await harness.configure("run", config);
    harness.send({ type: "train", run: "run", untilStep: 5000 });
    expect(await harness.next("failed")).toMatchObject({ code: "diverged", run: "run" });
    expect(await harness.next("paused")).toMatchObject({ why: "failed" });
    const { step, discriminatorLoss, generatorLoss } = await harness.history();
    expect(step.length).toBeGreaterThan(0);
    expect([...discriminatorLoss, ...generatorLoss].every(Number.isFinite)).toBe(true);
    harness.send({ type: "train", run: "run" });
    expect(await harness.next("failed")).toMatchObject({ code: "badCommand" });
  });

  test("networks that cannot be built are refused, and the worker goes on", async () => {
    const harness = new Harness();
    harness.send({
      type: "configure",
      run: "bad",
      config: { ...TINY, generator: [{ type: "dense", units: 3, useBias: true }] },
      backend: "cpu",
    });
    expect(await harness.next("failed")).toMatchObject({ code: "impossibleNetwork", run: "bad" });
    harness.send({ type: "train", run: "bad" });
    expect(await harness.next("failed")).toMatchObject({ code: "badCommand", run: "bad" });
    await harness.configure("good");
    expect((await harness.trainUntil(1, "good")).step).toBe(1);
  });

  test("a config out of range is refused in the words of its field", async () => {
    const harness = new Harness();
    harness.send({ type: "configure", run: "bad", config: { ...TINY, batchSize: 0 }, backend: "cpu" });
    const failed = await harness.next("failed");
    expect(failed).toMatchObject({ code: "badCommand" });
    expect(failed.message).toContain("batchSize");
  });

  test("a backend that does not work here is refused, and another can be had", async () => {
    const harness = new Harness();
    harness.send({ type: "configure", run: "a", config: TINY, backend: "webgpu" });
    expect(await harness.next("failed")).toMatchObject({ code: "backendUnavailable", run: "a" });
    await harness.configure("b");
  });

  test("late commands of an older run are dropped", async () => {
    const harness = new Harness();
    await harness.configure("old");
    await harness.configure("new");
    harness.send({ type: "step", run: "old", phase: "both" });
    expect((await harness.step("both", "new")).step).toBe(1);
  });

  test("a ping is answered even while commands wait", async () => {
    const harness = new Harness();
    harness.send({ type: "ping" });
    expect(harness.events).toEqual([{ type: "pong" }]);
    await harness.configure();
  });
});

describe("the data set", () => {
  test("lets training begin when it comes, though it was asked before", async () => {
    const harness = new Harness(0);
    await harness.configure();
    harness.send({ type: "train", run: "run", untilStep: 2 });
    await harness.next("started");
    expect(harness.all("progress")).toEqual([]);
    harness.download.allow(1);
    expect(await harness.next("paused")).toMatchObject({ step: 2, why: "reachedStep" });
    expect(harness.all("dataProgress").at(-1)).toMatchObject({ availableImages: SHARD_SIZE, totalImages: 60_000 });
  });

  test("makes training wait when it is slower than training, and changes nothing of the run", async () => {
    const config: Config = { ...TINY, batchSize: 50 };
    const slow = new Harness(1);
    await slow.configure("run", config);
    slow.send({ type: "train", run: "run", untilStep: 4 });
    expect(await slow.next("paused")).toMatchObject({ step: 2, why: "waitingForData" });
    slow.download.allow(2);
    await slow.next("started");
    const { fingerprints } = await slow.next("paused");

    const quick = new Harness(2);
    await quick.configure("run", config);
    expect((await quick.trainUntil(4)).fingerprints).toEqual(fingerprints);
  });

  test("reports a failed download, and goes on when retried", async () => {
    const harness = new Harness(0);
    const details = { shard: 0, message: "The shard is damaged.", safe: "Nothing else.", next: "Retry." };
    harness.download.error = new DataError({ code: "dataDamaged", ...details });
    await harness.configure();
    expect(await harness.next("failed")).toMatchObject({ run: "run", code: "dataDamaged", message: details.message });
    harness.send({ type: "train", run: "run", untilStep: 1 });
    harness.download.error = null;
    harness.download.allow(1);
    harness.send({ type: "retryData", run: "run" });
    expect((await harness.next("paused")).step).toBe(1);
  });

  test("is downloaded once for all runs", async () => {
    const harness = new Harness();
    await harness.configure("a");
    await harness.configure("b");
    await harness.trainUntil(1, "b");
    expect([harness.opened, harness.download.loads]).toEqual([1, 1]);
    expect(harness.all("realSamples").map(({ run }) => run)).toContain("b");
  });
});

describe("memory", () => {
  test("is flat over 200 steps", async () => {
    const harness = new Harness();
    await harness.configure();
    const { memory } = await harness.trainUntil(5);
    expect((await harness.trainUntil(205)).memory).toEqual(memory);
  });

  test("is flat over five rebuilds, and given back in the end", async () => {
    const harness = new Harness();
    const { memory } = await harness.configure("0");
    for (let rebuild = 1; rebuild <= 5; rebuild++) {
      const run = String(rebuild);
      await harness.configure(run);
      await harness.trainUntil(3, run);
    }
    expect((await harness.configure("6")).memory).toEqual(memory);
    harness.send({ type: "dispose", run: "6" });
    expect((await harness.next("disposed")).memory.tensors).toBeLessThan(memory.tensors);
  });
});

describe("parity", () => {
  test("is refused where a run stands, and a file that is none is refused in words", async () => {
    const harness = new Harness();
    harness.send({ type: "checkParity", request: 1, backend: "cpu", file: {} });
    expect(await harness.next("failed")).toMatchObject({ request: 1, run: null });
    await harness.configure();
    harness.send({ type: "checkParity", request: 2, backend: "cpu", file: {} });
    expect(await harness.next("failed")).toMatchObject({ request: 2, code: "badCommand" });
  });
});
