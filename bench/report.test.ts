import { expect, test } from "vitest";
import type { Case } from "./cases.ts";
import type { Measurement, Result } from "./measure.ts";
import { bestProducts, costTable, jsonRows, notes, ratioTable } from "./report.ts";

const DUEL: Case = { subject: "duel", backend: "webgpu", threads: null, multiplies: true };
const PYTORCH: Case = { subject: "pytorch", backend: "cpu", threads: 2, multiplies: true };
const STOCK: Case = { subject: "tfjs", backend: "wasm", threads: 2, multiplies: false };

function result(given: Partial<Result>): Result {
  return {
    started: { type: "started", device: "a test", onProcessor: true },
    turns: 3,
    stepMilliseconds: 10,
    leastStepMilliseconds: 9,
    javascriptMilliseconds: null,
    calls: null,
    productFlops: null,
    ...given,
  };
}

const MEASURED: readonly Measurement[] = [
  {
    case: DUEL,
    result: result({
      javascriptMilliseconds: 0.25,
      calls: { dispatches: 40, submits: 1, buffers: 0, bindGroups: 0.5 },
      productFlops: 2e9,
    }),
    note: "",
  },
  { case: PYTORCH, result: result({ stepMilliseconds: 25, productFlops: 4e9 }), note: "" },
  { case: STOCK, result: null, note: "no gradients" },
];

/** The cells of a line of a Markdown table. */
function cells(table: string | null, line: number): readonly string[] {
  return (table?.split("\n")[line] ?? "")
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

test("the JSON has a line for every case, with null where there is nothing to say", () => {
  expect(jsonRows("mnist-mlp", MEASURED)).toEqual([
    {
      preset: "mnist-mlp",
      backend: "webgpu",
      threads: null,
      subject: "duel",
      dispatches: 40,
      submits: 1,
      javascriptMilliseconds: 0.25,
      stepMilliseconds: 10,
    },
    {
      preset: "mnist-mlp",
      backend: "cpu",
      threads: 2,
      subject: "pytorch",
      dispatches: null,
      submits: null,
      javascriptMilliseconds: null,
      stepMilliseconds: 25,
    },
    {
      preset: "mnist-mlp",
      backend: "wasm",
      threads: 2,
      subject: "tfjs",
      dispatches: null,
      submits: null,
      javascriptMilliseconds: null,
      stepMilliseconds: null,
    },
  ]);
});

test("costs are printed a step, and speed as a share of the best product of the same processor", () => {
  const table = costTable(MEASURED, 20e6, bestProducts(MEASURED));
  // 20 MFLOP in 10 ms are 2 GFLOP/s, half of the 4 that PyTorch's product has.
  expect(cells(table, 2)).toEqual(["Duel, webgpu", "40", "1", "0", "0.5", "0.250", "10.0", "9.00", "2.00", "50.0 %"]);
  expect(cells(table, 3).slice(5)).toEqual(["–", "25.0", "9.00", "0.800", "20.0 %"]);
  expect(cells(table, 4).slice(1)).toEqual(Array.from({ length: 9 }, () => "–"));
});

test("a graphics card is not compared with the processor's products", () => {
  const onCard = { type: "started", device: "a card", onProcessor: false } as const;
  const measured: readonly Measurement[] = [
    { case: DUEL, result: result({ started: onCard, productFlops: 8e9 }), note: "" },
    ...MEASURED.slice(1),
  ];
  expect(bestProducts(measured)).toEqual({
    processor: { flops: 4e9, by: "PyTorch, cpu, 2 threads" },
    graphicsCard: { flops: 8e9, by: "Duel, webgpu" },
  });
  expect(cells(costTable(measured, 20e6, bestProducts(measured)), 2).at(-1)).toBe("25.0 %");
});

test("ratios say how many of Duel's steps a peer's step takes", () => {
  const table = ratioTable(MEASURED);
  expect(cells(table, 0)).toEqual(["times as long as", "Duel, webgpu"]);
  expect(cells(table, 2)).toEqual(["PyTorch, cpu, 2 threads", "2.50"]);
  expect(cells(table, 3)).toEqual(["TensorFlow.js 4.22, wasm, 2 threads", "–"]);
});

test("without Duel or without a peer there is nothing to compare", () => {
  expect(ratioTable(MEASURED.slice(0, 1))).toBeNull();
  expect(ratioTable(MEASURED.slice(1))).toBeNull();
});

test("what could not run is said, with its reason", () => {
  expect(notes(MEASURED)).toEqual(["TensorFlow.js 4.22, wasm, 2 threads: cannot run: no gradients"]);
});
