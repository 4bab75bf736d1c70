/** The history against its contract: rows in order, none lost, none twice. */
import { describe, expect, test } from "vitest";
import { createHistory, recentScores } from "./history.ts";
import { RECENT_STEPS, type Measurement } from "./protocol.ts";

function row(step: number, generatorLoss: number | null = step / 10): Measurement {
  return {
    step,
    discriminatorLoss: 1,
    generatorLoss,
    realScore: 0.6,
    fakeScore: 0.4,
    discriminatorGradientNorm: 2,
    generatorGradientNorm: generatorLoss === null ? null : 3,
    realAccuracy: null,
    fakeAccuracy: null,
    milliseconds: 5,
  };
}

describe("the history", () => {
  test("keeps every row through its growth", () => {
    const history = createHistory();
    for (let step = 1; step <= 5000; step++) history.put(row(step));
    const rows = history.view();
    expect(history.length).toBe(5000);
    expect(rows.step.every((step, index) => step === index + 1)).toBe(true);
    expect(rows.generatorLoss[4321]).toBe(432.2);
  });

  test("replaces the row of a step that is measured in two halves", () => {
    const history = createHistory();
    history.put(row(1, null));
    expect(history.view().generatorLoss).toEqual(Float64Array.of(NaN));
    history.put(row(1, 0.5));
    expect(history.length).toBe(1);
    expect(history.latest?.generatorLoss).toBe(0.5);
  });

  test("refuses a row of an earlier step", () => {
    const history = createHistory();
    history.put(row(2));
    expect(() => {
      history.put(row(1));
    }).toThrow(/later step/);
  });

  test("copies the scores of the last steps, all of them as long as they are few", () => {
    const history = createHistory();
    history.put(row(1));
    expect(recentScores(history.view())).toEqual({ realScore: Float64Array.of(0.6), fakeScore: Float64Array.of(0.4) });
    for (let step = 2; step <= RECENT_STEPS + 3; step++) history.put({ ...row(step), fakeScore: step });
    const { fakeScore } = recentScores(history.view());
    expect([fakeScore.length, fakeScore[0], fakeScore.at(-1)]).toEqual([RECENT_STEPS, 4, RECENT_STEPS + 3]);
    history.put({ ...row(RECENT_STEPS + 3), fakeScore: 0 });
    expect(fakeScore.at(-1)).toBe(RECENT_STEPS + 3);
  });

  test("gives copies that do not move with it", () => {
    const history = createHistory();
    history.put(row(1));
    const copy = history.copy();
    history.put(row(1, 7));
    expect(copy.generatorLoss[0]).toBe(0.1);
  });
});
