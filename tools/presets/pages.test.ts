/** The page of outcomes, and the table of BENCHMARKS.md: what they say of which presets, and in which order. */
import { describe, expect, test } from "vitest";
import { MEASURE_NAMES } from "../../src/metrics/quality.ts";
import type { RealQuality } from "../../src/metrics/quality.ts";
import { FAILURE_MODE_COLLAPSE } from "../../src/gan/presets/failureModeCollapse.ts";
import type { Preset } from "../../src/gan/presets/index.ts";
import { MNIST_DCGAN } from "../../src/gan/presets/mnistDcgan.ts";
import { MNIST_MLP } from "../../src/gan/presets/mnistMlp.ts";
import { POINTS_RING } from "../../src/gan/presets/pointsRing.ts";
import type { Outcome } from "./outcomes.ts";
import { presetsPage } from "./presetsPage.ts";
import { qualityTable, replacePart } from "./qualityTable.ts";

function outcome({ config }: Preset, changes: Partial<Outcome> = {}, load = 1.5): Outcome {
  const machine = { backend: "simd", device: "1 thread", processor: "a processor", load };
  const moments = [{ step: 2000, seconds: 83.4, measures: { frechet: 123.4, score: 5.5, covered: 9 } }];
  return { config, machine, moments, divergedAt: null, ...changes };
}

/** Without promises of their own, which may change. */
const PRESETS = [MNIST_MLP, MNIST_DCGAN, POINTS_RING, FAILURE_MODE_COLLAPSE].map((preset) => ({
  ...preset,
  expects: [],
}));

describe("the page of outcomes", () => {
  test("has a table for each group of which something was trained, with picture, steps, seconds and measures", () => {
    const page = presetsPage(PRESETS, { "mnist-dcgan": outcome(MNIST_DCGAN), "points-ring": outcome(POINTS_RING) });
    expect(page.match(/^## .*/gm)).toEqual(["## The classics", "## Points in the plane"]);
    expect(page).toContain(
      "| **MNIST · DCGAN**<br>`mnist-dcgan` | ![MNIST · DCGAN: images at steps 2,000](presets/mnist-dcgan.png) | **2,000**, 83 s: Fréchet 123 · score 5.50 · classes 9 |",
    );
    expect(page).toContain("\n\nNot trained yet: `mnist-mlp`, `failure-mode-collapse`.\n\n");
  });

  test("tells what came true, and that a run diverged", () => {
    const promising: Preset = { ...MNIST_MLP, expects: [{ step: 2000, measure: "covered", atLeast: 10 }] };
    const page = presetsPage([promising], { "mnist-mlp": outcome(MNIST_MLP, { divergedAt: 2412 }) });
    expect(page).toContain("<br>**Diverged** at step 2,412: a number became infinite, or none.");
    expect(page).toContain("<br>✗ Classes covered 9, at least 10 expected, at step 2,000 |");
  });

  test("says once where presets were trained, and how busy it was there", () => {
    const page = presetsPage(PRESETS, {
      "mnist-mlp": outcome(MNIST_MLP, {}, 4),
      "mnist-dcgan": outcome(MNIST_DCGAN, {}, 1.5),
    });
    expect(page.match(/^Trained on .*/gm)).toHaveLength(1);
    expect(page).toContain("Trained on `simd` (1 thread), a processor, at a mean load of 1.5 to 4.0 tasks;");
  });

  test("begins with a few pictures, of those that were trained", () => {
    const collapse = { "failure-mode-collapse": outcome(FAILURE_MODE_COLLAPSE) };
    const [, label, , picture] = presetsPage(PRESETS, collapse).split(/\n+/);
    expect(label).toBe("| Failure · mode collapse |");
    expect(picture).toContain("(presets/failure-mode-collapse.png)");
    expect(presetsPage(PRESETS, { "mnist-mlp": outcome(MNIST_MLP) }).split(/\n+/)[1]).not.toContain("|");
  });
});

describe("the table of qualities", () => {
  const real: RealQuality = {
    subsets: 5,
    measures: Object.fromEntries(
      MEASURE_NAMES.map((name) => [name, { mean: 0.5, deviation: 0 }]),
    ) as RealQuality["measures"],
  };

  test("has a row for each step of each preset of digits, below real digits", () => {
    const outcomes = { "points-ring": outcome(POINTS_RING), "mnist-mlp": outcome(MNIST_MLP) };
    const rows = qualityTable(PRESETS, outcomes, real).split("\n");
    expect(rows.map((row) => row.split("|").map((cell) => cell.trim()))).toEqual([
      ["", "preset", "step", "Classifier score", "Fréchet distance", "Classes covered", "Coverage", "seconds", ""],
      ["", ...Array.from({ length: 7 }, () => expect.stringMatching(/^-+:?$/) as string), ""],
      ["", "unseen real digits", "–", "0.500", "0.500", "0.5", "50 %", "–", ""],
      ["", MNIST_MLP.label, "2,000", "5.50", "123", "9", "–", "83", ""],
    ]);
  });

  test("takes its place between two comments, and leaves all else as it was", () => {
    const text = "before\n<!-- part: begin -->\nold\n<!-- part: end -->\nafter";
    const replaced = replacePart(text, "part", "new");
    expect(replaced).toBe("before\n<!-- part: begin -->\n\nnew\n\n<!-- part: end -->\nafter");
    expect(replacePart(replaced, "part", "new")).toBe(replaced);
    expect(() => replacePart(text, "other", "new")).toThrow("<!-- other: begin -->");
  });
});
