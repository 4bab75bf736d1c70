import { describe, expect, test } from "vitest";
import { ENTRY, Harness, SHARD_SIZE, TINY } from "../testHarness.ts";

const ALL_SHARDS = ENTRY.trainCount / SHARD_SIZE;
const NO_DROPOUT = { ...TINY, discriminator: TINY.discriminator.filter(({ type }) => type !== "dropout") };

describe("a measurement", () => {
  test("is refused until all real images are there", async () => {
    const harness = new Harness(1);
    await harness.configure();
    harness.send({
      type: "ask",
      run: "run",
      request: 3,
      asked: { name: "measure", question: { extent: "all" } },
    });
    expect(await harness.next("failed")).toMatchObject({ request: 3, code: "badCommand" });
  });

  test("without a classifier knows sharpness and patches of the weights that stood when it began, and leaves nothing behind", async () => {
    const harness = new Harness(ALL_SHARDS);
    await harness.configure("run", NO_DROPOUT);
    const before = await harness.trainUntil(2);
    const standing = await harness.ask("measure", { extent: "watched" });
    expect(standing).toMatchObject({ step: 2, histogram: null, real: null });
    expect(standing.measures).toMatchObject({ frechet: null, score: null, coverage: null });
    expect(standing.measures.sharpness).toBeGreaterThan(0);
    expect(standing.measures.patches).toBeGreaterThan(0);
    const asked = { name: "measure", question: { extent: "watched" } } as const;
    harness.send({ type: "ask", run: "run", request: 4, asked });
    harness.send({ type: "train", run: "run" });
    expect((await harness.next("answered")).given.answer).toEqual(standing);
    harness.send({ type: "pause", run: "run" });
    const after = await harness.next("paused");
    expect(after.step).toBeGreaterThan(2);
    expect(after.memory.tensors).toBe(before.memory.tensors);
  });

  test("is told to whoever follows the run, too", async () => {
    const harness = new Harness(ALL_SHARDS);
    await harness.configure("run", NO_DROPOUT);
    await harness.trainUntil(1);
    const first = await harness.ask("measure", { extent: "watched" });
    await harness.trainUntil(2);
    const second = await harness.ask("measure", { extent: "watched" });
    const [, told] = harness.all("quality");
    expect(told?.latest).toEqual(second);
    expect([...(told?.chart.sharpness ?? [])]).toEqual([first.measures.sharpness, second.measures.sharpness]);
  });

  test("is made between steps where a share of the time is given to it, and left when the run is", async () => {
    const harness = new Harness(ALL_SHARDS);
    await harness.configure("plain", NO_DROPOUT);
    await harness.trainUntil(2, "plain");
    harness.send({ type: "dispose", run: "plain" });
    const { memory } = await harness.next("disposed");
    await harness.configure("measured", { ...NO_DROPOUT, measuring: 50 });
    harness.send({ type: "train", run: "measured" });
    const { latest, chart } = await harness.next("quality");
    expect(latest.measures.patches).toBeGreaterThan(0);
    expect([...chart.step]).toEqual([latest.step]);
    harness.send({ type: "dispose", run: "measured" });
    expect((await harness.next("disposed")).memory.tensors).toBe(memory.tensors);
  });
});
