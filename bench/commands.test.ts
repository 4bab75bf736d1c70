import { expect, test } from "vitest";
import * as op from "../src/engine/simd/opcodes.ts";
import { describeCommand } from "./commands.ts";

function words(operation: number, integers: readonly number[]): readonly number[] {
  const command = new Array<number>(op.COMMAND_WORDS).fill(0);
  command[0] = operation;
  command.splice(op.FIRST_INTEGER, integers.length, ...integers);
  return command;
}

test("a product is described by rows, depth and columns, and counts two operations for each multiply-add", () => {
  expect(describeCommand(words(op.MULTIPLY, [0, 3, 7, 5]))).toEqual({ text: "multiply 3×5×7", flop: 2 * 3 * 5 * 7 });
});

test("a convolution applies its kernel at every place of the output", () => {
  // Batch 2, input 8×8×3, output 4×4×5, kernel 4×4.
  const { flop } = describeCommand(words(op.CONVOLVE, [2, 8, 8, 3, 4, 4, 5, 4, 4, 2, 2, 1, 1]));
  expect(flop).toBe(2 * 2 * 4 * 4 * 5 * 4 * 4 * 3);
});

test("every operation of the module has a name", () => {
  const known = Array.from(
    { length: op.WINOGRAD_FILTER_TOTALS },
    (_, index) => describeCommand(words(index + 1, [])).text,
  );
  expect(known.filter((text) => text.startsWith("operation"))).toEqual([]);
});
