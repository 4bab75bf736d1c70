import fc from "fast-check";
import { expect, test } from "vitest";
import { createBatchOrder } from "./batches.ts";

const seeds = fc.integer({ min: 0, max: 0xffffffff });
const sizes = fc.record({ count: fc.integer({ min: 1, max: 300 }), shardSize: fc.integer({ min: 1, max: 120 }) });

test("every epoch takes every item exactly once", () => {
  fc.assert(
    fc.property(seeds, sizes, fc.integer({ min: 0, max: 3 }), (seed, { count, shardSize }, epoch) => {
      const items = createBatchOrder(seed, count, shardSize).items(epoch * count, count);
      expect(items.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
    }),
  );
});

test("a batch never takes an item beyond those it says it needs", () => {
  fc.assert(
    fc.property(
      seeds,
      sizes,
      fc.nat(1000),
      fc.integer({ min: 1, max: 64 }),
      (seed, { count, shardSize }, first, length) => {
        const order = createBatchOrder(seed, count, shardSize);
        expect(Math.max(...order.items(first, length))).toBeLessThan(order.itemsNeeded(first, length));
      },
    ),
  );
});

test("the first batch needs the first shard alone", () => {
  expect(createBatchOrder(1, 60_000, 10_000).itemsNeeded(0, 64)).toBe(10_000);
  expect(createBatchOrder(1, 60_000, 10_000).itemsNeeded(9_999, 2)).toBe(20_000);
  expect(createBatchOrder(1, 60_000, 10_000).itemsNeeded(60_000, 64)).toBe(60_000);
});

test("another seed, shard or epoch gives another order", () => {
  const order = createBatchOrder(1, 200, 100);
  const orders = [
    order.items(0, 100),
    order.items(100, 100).map((item) => item - 100),
    order.items(200, 100),
    order.items(400, 100),
    createBatchOrder(2, 200, 100).items(0, 100),
  ];
  expect(new Set(orders.map((items) => items.join())).size).toBe(orders.length);
});
