/** The history against its contract: rows in order, none lost, none twice. */
import { describe, expect, test } from "vitest";
import { createHistory } from "./history.ts";
import type { Measurement } from "./protocol.ts";

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

  test("gives copies that do not move with it", () => {
    const history = createHistory();
    history.put(row(1));
    const copy = history.copy();
    history.put(row(1, 7));
    expect(copy.generatorLoss[0]).toBe(0.1);
  });
});
