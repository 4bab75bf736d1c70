import { expect, test } from "vitest";
import { Harness, TINY } from "../testHarness.ts";

test("a generator without ReLUs has none to tell of, and nothing is left behind", async () => {
  const harness = new Harness(1);
  await harness.configure();
  const before = await harness.trainUntil(1);
  expect(await harness.ask("deadUnits", null)).toEqual({ samples: 64, layers: [] });
  expect((await harness.trainUntil(2)).memory.tensors).toBe(before.memory.tensors);
});

test("units are channels, and those that batch norm spreads about zero are alive", async () => {
  const harness = new Harness(1);
  const [dense, batchNorm, ...rest] = TINY.generator;
  const relu = { type: "reLU" } as const;
  const generator = [dense, batchNorm, relu, ...rest].filter((layer) => layer !== undefined);
  await harness.configure("run", { ...TINY, generator });
  const before = await harness.trainUntil(1);
  const { layers } = await harness.ask("deadUnits", null);
  expect(layers).toEqual([{ layer: 2, units: 784, dead: expect.any(Number) as number }]);
  // Of 64 numbers on either side of zero hardly ever none is above.
  expect(layers[0]?.dead).toBeLessThan(8);
  expect((await harness.trainUntil(2)).memory.tensors).toBe(before.memory.tensors);
});
