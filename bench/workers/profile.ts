/** Times every command of the steps that the SIMD backend replays. It must not know what a command does. */
import { runningSimd } from "../../src/engine/simd/backend.ts";
import { COMMAND_WORDS } from "../../src/engine/simd/opcodes.ts";
import type { ProfiledCommand } from "./contract.ts";

const COMMAND_BYTES = COMMAND_WORDS * Int32Array.BYTES_PER_ELEMENT;

interface Timed {
  readonly words: readonly number[];
  readonly microseconds: number[];
}

/** Takes `steps` steps whose commands are performed one by one; what it gives are all commands of one step, in order. */
export function profileCommands(step: () => void, steps: number): readonly ProfiledCommand[] {
  const { module } = runningSimd();
  const whole = module.performList.bind(module);
  const lists = new Map<number, readonly Timed[]>();
  module.performList = (list, count) => {
    const commands = lists.get(list) ?? wordsOf(list, count);
    lists.set(list, commands);
    for (const [index, { microseconds }] of commands.entries()) {
      const began = performance.now();
      whole(list + index * COMMAND_BYTES, 1);
      microseconds.push((performance.now() - began) * 1000);
    }
  };

  function wordsOf(list: number, count: number): readonly Timed[] {
    return Array.from({ length: count }, (_, index) => ({
      words: [...new Int32Array(module.memory.buffer, list + index * COMMAND_BYTES, COMMAND_WORDS)],
      microseconds: [],
    }));
  }

  try {
    for (let taken = 0; taken < steps; taken++) step();
  } finally {
    module.performList = whole;
  }
  return [...lists.values()].flat().map(({ words, microseconds }) => ({ words, microseconds: quiet(microseconds) }));
}

/**
 * The mean of the fastest quarter: what else the machine does falls out with the others, and the clock, which goes by steps
 * of five microseconds, evens out.
 */
function quiet(times: readonly number[]): number {
  const fastest = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length / 4));
  return fastest.reduce((sum, time) => sum + time, 0) / fastest.length;
}
