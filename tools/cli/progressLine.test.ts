/** What somebody at a terminal, or reading a log, sees of a training. */
import { describe, expect, test } from "vitest";
import type { ProgressEvent } from "../../src/worker/protocol.ts";
import { clock, createProgressLine, describeProgress } from "./progressLine.ts";

const COLUMN = new Float64Array(0);

function progress(step: number, stepsPerSecond: number): ProgressEvent {
  return {
    type: "progress",
    run: "a",
    step,
    epoch: 0,
    stepsPerSecond,
    imagesPerSecond: 0,
    latest: {
      step,
      discriminatorLoss: 1.23456,
      generatorLoss: null,
      realScore: null,
      fakeScore: null,
      discriminatorGradientNorm: null,
      generatorGradientNorm: null,
      realAccuracy: null,
      fakeAccuracy: null,
      milliseconds: 1,
    },
    chart: {
      step: COLUMN,
      discriminatorLoss: COLUMN,
      generatorLoss: COLUMN,
      realScore: COLUMN,
      fakeScore: COLUMN,
      discriminatorGradientNorm: COLUMN,
      generatorGradientNorm: COLUMN,
      milliseconds: COLUMN,
      realAccuracy: COLUMN,
      fakeAccuracy: COLUMN,
    },
    recent: { realScore: COLUMN, fakeScore: COLUMN },
    memory: { tensors: 0, bytes: 0, takenBytes: null },
  };
}

/** A stream that remembers what was written to it. */
function recorder(isTTY: boolean) {
  let text = "";
  const write = (chunk: string) => {
    text += chunk;
    return true;
  };
  const stream = { isTTY, columns: 20, write } as unknown as NodeJS.WriteStream;
  return { stream, text: () => text };
}

describe("the progress line", () => {
  test("has steps, losses, speed and time left", () => {
    expect(describeProgress(progress(75, 2.5), 300)).toBe(
      "██████░░░░░░░░░░░░░░░░░░ 75/300 steps  D 1.235  G –  2.50 steps/s  1:30 left",
    );
  });

  test("has no time left while nothing moves", () => {
    expect(describeProgress(progress(300, 0), 300)).not.toContain("left");
  });

  test("is drawn over itself on a terminal, and never wider than it", () => {
    const { stream, text } = recorder(true);
    const line = createProgressLine(stream, () => 0);
    line.show("first");
    line.show("a text that is much wider");
    line.end();
    expect(text()).toBe("\r\u001B[2Kfirst\r\u001B[2Ka text that is much\n");
  });

  test("is a line now and then elsewhere, the last one in any case", () => {
    const { stream, text } = recorder(false);
    let now = 0;
    const line = createProgressLine(stream, () => now);
    for (now = 0; now <= 11_000; now += 1000) line.show(String(now));
    line.end();
    expect(text()).toBe("0\n5000\n10000\n11000\n");
  });

  test("writes times as clocks do", () => {
    expect([clock(5), clock(65.4), clock(3605)]).toEqual(["0:05", "1:05", "1:00:05"]);
  });
});
