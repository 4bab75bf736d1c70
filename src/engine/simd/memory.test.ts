import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Allocator, createMemory, OutOfMemoryError } from "./memory.ts";
import { HEAP } from "./opcodes.ts";

const MEGABYTE = 2 ** 20;

/** A request of so many bytes, or the release of one of the blocks held (chosen by the number, modulo how many there are). */
const actions = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant("allocate" as const), bytes: fc.integer({ min: 0, max: 3 * MEGABYTE }) }),
    fc.record({ type: fc.constant("free" as const), which: fc.nat() }),
  ),
  { maxLength: 200 },
);

describe("the allocator", () => {
  test("never hands out bytes that overlap, lie outside the memory or are not aligned", () => {
    fc.assert(
      fc.property(actions, (steps) => {
        const memory = createMemory(false);
        const allocator = new Allocator(memory);
        const held: { address: number; bytes: number }[] = [];
        for (const step of steps) {
          if (step.type === "free") {
            const [block] = held.splice(step.which % Math.max(1, held.length), 1);
            if (block !== undefined) allocator.free(block.address);
            continue;
          }
          const address = allocator.allocate(step.bytes);
          expect(address % 64).toBe(0);
          expect(address + step.bytes).toBeLessThanOrEqual(memory.buffer.byteLength);
          for (const other of held) {
            const apart = address + Math.max(1, step.bytes) <= other.address || other.address + other.bytes <= address;
            expect(apart).toBe(true);
          }
          held.push({ address, bytes: Math.max(1, step.bytes) });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("has all its room again when everything was given back, in whatever order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2 * MEGABYTE }), { maxLength: 40 }),
        fc.infiniteStream(fc.nat()),
        (sizes, order) => {
          const allocator = new Allocator(createMemory(false));
          const held = sizes.map((bytes) => allocator.allocate(bytes));
          const total = allocator.totalBytes;
          while (held.length > 0) {
            for (const address of held.splice(Number(order.next().value) % held.length, 1)) allocator.free(address);
          }
          expect(allocator.usedBytes).toBe(0);
          // One block again: all that the allocator hands out can be had in one piece, without growing.
          allocator.allocate(total - HEAP);
          expect(allocator.totalBytes).toBe(total);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("takes no more from the browser when the same requests come again", () => {
    const allocator = new Allocator(createMemory(false));
    const round = () => {
      const held = Array.from({ length: 50 }, (_, index) => allocator.allocate(1000 * (index + 1) ** 2));
      for (const address of held.filter((_, index) => index % 2 === 0)) allocator.free(address);
      for (const address of held.filter((_, index) => index % 2 === 1)) allocator.free(address);
    };
    round();
    const total = allocator.totalBytes;
    for (let repetition = 0; repetition < 100; repetition++) round();
    expect(allocator.totalBytes).toBe(total);
  });

  test("says what is too much, and goes on with what fits", () => {
    const allocator = new Allocator(createMemory(false), 32 * MEGABYTE);
    const address = allocator.allocate(20 * MEGABYTE);
    expect(() => allocator.allocate(20 * MEGABYTE)).toThrow(OutOfMemoryError);
    expect(() => allocator.allocate(20 * MEGABYTE)).toThrow(/20\.0 MB more do not fit beside the 20\.0 MB in use/);
    allocator.free(address);
    expect(allocator.allocate(24 * MEGABYTE)).toBeGreaterThan(0);
  });

  test("refuses to free what it did not hand out", () => {
    const allocator = new Allocator(createMemory(false));
    const address = allocator.allocate(100);
    allocator.free(address);
    expect(() => {
      allocator.free(address);
    }).toThrow(/defect/);
  });
});
