import { memory, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import { createLiveNumbers } from "../liveNumbers.ts";
import { startSimd } from "../simd/index.ts";
import { captureStep } from "../stepGraph.ts";
import { DRAW_LIVE } from "./randomDraws.ts";
import { randomLabels } from "./randomLabels.ts";
import { createResidentData } from "./residentData.ts";
import { createResidentLabels } from "./residentLabels.ts";
import { present } from "../../shared/invariant.ts";

const BACKENDS = {
  cpu: () => setBackend("cpu"),
  simd: () => startSimd(),
} as const;

/** The classes that rows with a single 1 stand for; fails where a row is none. */
function classesOf(values: ArrayLike<number>, classes: number): number[] {
  return Array.from({ length: values.length / classes }, (_, row) => {
    const own = Array.from({ length: classes }, (_unused, k) => values[row * classes + k]);
    expect([...own].sort()).toEqual([...Array.from({ length: classes - 1 }, () => 0), 1]);
    return own.indexOf(1);
  });
}

describe.for(Object.entries(BACKENDS))("labels on %s", ([, start]) => {
  beforeAll(async () => {
    await start();
  });

  test("are drawn by key, each class about as often as any other", () => {
    const live = createLiveNumbers(DRAW_LIVE);
    const drawn = (draw: number) => {
      live.set({ seed: 3, draw });
      const labels = randomLabels({ stream: "generatorLabels", live }, 1000, 10);
      const classes = classesOf(labels.dataSync(), 10);
      labels.dispose();
      return classes;
    };
    const first = drawn(5);
    expect(drawn(5)).toEqual(first);
    expect(drawn(6)).not.toEqual(first);
    const expected = uniform({ seed: 3, stream: "generatorLabels", draw: 5 }, 1000);
    expect(first).toEqual([...expected].map((number) => Math.floor(number * 10)));
    for (let label = 0; label < 10; label++) {
      // Four standard deviations of a binomial count of 1,000 tenths are 38.
      expect(Math.abs(first.filter((other) => other === label).length - 100)).toBeLessThan(38);
    }
  });

  test("are gathered with the items that they belong to, also those that came later", () => {
    const before = memory().numTensors;
    const data = createResidentData([1], 6);
    const labels = createResidentLabels(3, 6);
    data.append(Uint8Array.of(0, 51, 102));
    labels.append(Uint8Array.of(2, 0, 1));
    const batch = labels.labelled(data.createBatch(4), 4);
    data.append(Uint8Array.of(153, 204, 255));
    labels.append(Uint8Array.of(1, 1, 0));
    batch.choose([5, 0, 3, 0]);
    const [items, told] = [batch.gather(), present(batch.gatherLabels, "labels")()];
    expect([...items.dataSync()].map((value) => Math.round((value + 1) * 2.5))).toEqual([5, 0, 3, 0]);
    expect(classesOf(told.dataSync(), 3)).toEqual([0, 2, 1, 2]);
    for (const held of [items, told, batch, labels, data]) held.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

test("labels of a recorded step are drawn anew at every replay on simd", async () => {
  await startSimd();
  const live = createLiveNumbers(DRAW_LIVE);
  live.set({ seed: 3, draw: 0 });
  const capture = captureStep(() => [randomLabels({ stream: "discriminatorLabels", live }, 50, 4)]);
  if (!capture.captured) throw new Error(capture.refusal.reason);
  const classes = [0, 1, 2].map((draw) => {
    live.set({ seed: 3, draw });
    const [labels] = draw === 0 ? capture.results : capture.graph.replay();
    return classesOf(present(labels, "the labels").dataSync(), 4);
  });
  for (const [draw, found] of classes.entries()) {
    const expected = uniform({ seed: 3, stream: "discriminatorLabels", draw }, 50);
    expect(found).toEqual([...expected].map((number) => Math.floor(number * 4)));
  }
  capture.graph.dispose();
});
