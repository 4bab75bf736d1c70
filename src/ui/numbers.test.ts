import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NumberSetting } from "../gan/settings.ts";
import { SETTINGS, settingAt } from "../gan/settings.ts";
import { describeNumber, describeValue, formatFlop, formatMeasurement, formatNumber } from "./numbers.ts";
import { fractionOf, nudge, readTyped, valueAt } from "./numbers.ts";

function numberSetting(path: string): NumberSetting {
  const setting = settingAt(path);
  if (setting?.kind !== "number") throw new Error(`${path} is no number`);
  return setting;
}

const RATE = numberSetting("optimizer.generator.learningRate");
const BATCH = numberSetting("batchSize");
const SMOOTHING = numberSetting("labelSmoothing");
const NUMBERS = SETTINGS.filter((setting) => setting.kind === "number");

describe("numbers on the page", () => {
  test("are written as people of the field write them", () => {
    expect([2e-4, 1e-3, 1.23e-4, 0.05].map((value) => formatNumber(RATE, value))).toEqual([
      "2.0e-4",
      "1.0e-3",
      "1.23e-4",
      "0.05",
    ]);
    expect(formatNumber(SMOOTHING, 0.9)).toBe("0.90");
    expect(formatNumber(SMOOTHING, 0.912345)).toBe("0.912345");
    expect(describeNumber(BATCH, 64)).toBe("64 images");
    expect(describeNumber(BATCH, 1)).toBe("1 image");
    expect(describeValue("weightClip", null)).toBe("off");
    expect(describeValue("loss", "hinge")).toBe("Hinge");
    expect([null, Number.NaN, Number.POSITIVE_INFINITY, 0.5].map((value) => formatMeasurement(value))).toEqual([
      "–",
      "–",
      "∞",
      "0.500",
    ]);
  });

  test("that are typed are brought into range, and words are refused", () => {
    expect(readTyped(BATCH, " 12.4 ")).toBe(12);
    expect(readTyped(BATCH, "9999")).toBe(512);
    expect(readTyped(RATE, "3e-4")).toBe(3e-4);
    expect(readTyped(SMOOTHING, "0,8")).toBe(0.8);
    for (const text of ["", "many", "1e999", "NaN"]) expect(readTyped(RATE, text)).toBeUndefined();
  });
});

describe.each(NUMBERS)("the slider of $label", (setting) => {
  const [minimum, maximum] = setting.range;

  test("reaches both ends of its range and nothing beyond", () => {
    expect(valueAt(setting, 0)).toBe(minimum);
    expect(valueAt(setting, 1)).toBe(maximum);
    expect(valueAt(setting, -3)).toBe(minimum);
    expect(valueAt(setting, 3)).toBe(maximum);
  });

  test("shows a value where a press gives that value again", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (fraction) => {
        const value = valueAt(setting, fraction);
        expect(valueAt(setting, fractionOf(setting, value))).toBe(value);
      }),
    );
  });

  test("moves at every key press until it is at its end", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(-10, -1, 1, 10), (fraction, steps) => {
        const value = valueAt(setting, fraction);
        const moved = nudge(setting, value, steps);
        const end = steps > 0 ? maximum : minimum;
        if (value !== end) expect(Math.sign(moved - value)).toBe(Math.sign(steps));
      }),
    );
  });
});

test("work is written in the unit that keeps it short", () => {
  expect([0, 999, 1000, 98_600, 2.7e9].map(formatFlop)).toEqual([
    "0 FLOP",
    "999 FLOP",
    "1.0 kFLOP",
    "98.6 kFLOP",
    "2.7 GFLOP",
  ]);
});
