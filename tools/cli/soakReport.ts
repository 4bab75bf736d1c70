/** What a soak found, as lines of a table. It must not know how it was found. */
import { formatCount } from "../../src/shared/counts.ts";
import type { MemoryReport } from "../../src/worker/protocol.ts";

/** What is held after a step. */
export interface Look {
  readonly step: number;
  readonly memory: MemoryReport;
  /** Buffers of the graphics card's interface that stand, whoever made them; null where there is no such interface. */
  readonly gpuBuffers: number | null;
}

/** What may grow, by its name in the table; null where the backend does not tell. */
const HELD = {
  tensors: ({ memory }) => memory.tensors,
  "their bytes": ({ memory }) => memory.bytes,
  "bytes taken": ({ memory }) => memory.takenBytes,
  "GPU buffers": ({ gpuBuffers }) => gpuBuffers,
} as const satisfies Readonly<Record<string, (look: Look) => number | null>>;

const NAMES = Object.keys(HELD) as readonly (keyof typeof HELD)[];
const COLUMN_WIDTH = 14;

export const LOOKS_HEADER = lineOf(["step", ...NAMES]);

export function describeLook(look: Look): string {
  return lineOf([formatCount(look.step), ...NAMES.map((name) => formatted(HELD[name](look)))]);
}

/** The last line: by how much everything has grown from the first look to the last. */
export function describeGrowth(looks: readonly Look[]): string {
  return lineOf(["growth", ...growthOf(looks).map(formatted)]);
}

/** Whether anything is more at the last look than at the first. */
export function hasGrown(looks: readonly Look[]): boolean {
  return growthOf(looks).some((growth) => growth !== null && growth > 0);
}

function growthOf(looks: readonly Look[]): readonly (number | null)[] {
  const [first, last] = [looks[0], looks.at(-1)];
  return NAMES.map((name) => {
    const [before, after] = [first && HELD[name](first), last && HELD[name](last)];
    return typeof before === "number" && typeof after === "number" ? after - before : null;
  });
}

function formatted(value: number | null): string {
  return value === null ? "–" : formatCount(value);
}

function lineOf(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(COLUMN_WIDTH)).join("");
}
