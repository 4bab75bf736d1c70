/** What a command of the SIMD backend is, in words, and how much it multiplies. It must not know how long it takes. */
import * as op from "../src/engine/simd/opcodes.ts";

export interface DescribedCommand {
  /** Such as "multiply 128×784×512". */
  readonly text: string;
  /** Floating-point operations of its products, a multiply-add being two; 0 where it has none. */
  readonly flop: number;
}

interface Operation {
  readonly name: string;
  /** The sizes that tell two commands apart, out of the command's integers. */
  readonly sizes: (integers: readonly number[]) => readonly number[];
  /** Multiply-adds, likewise. */
  readonly multiplyAdds?: (integers: readonly number[]) => number;
}

function pick(...places: readonly number[]): Operation["sizes"] {
  return (integers) => places.map((place) => integers[place] ?? 0);
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** Batch, output height and width, filters, kernel height and width, channels. */
const CONVOLUTION_SIZES = pick(0, 4, 5, 6, 7, 8, 3);

function convolution(name: string): Operation {
  return { name, sizes: CONVOLUTION_SIZES, multiplyAdds: (integers) => productOf(CONVOLUTION_SIZES(integers)) };
}

const OPERATIONS: Readonly<Record<number, Operation>> = {
  [op.PACK_PANELS]: { name: "pack panels", sizes: pick(1, 2) },
  [op.MULTIPLY]: {
    name: "multiply",
    sizes: pick(1, 3, 2),
    multiplyAdds: (integers) => productOf(pick(1, 3, 2)(integers)),
  },
  [op.CONVOLVE]: convolution("convolve"),
  [op.CONVOLUTION_INPUT_GRADIENT]: convolution("convolution's input gradient"),
  [op.CONVOLUTION_FILTER_GRADIENT]: convolution("convolution's filter gradient"),
  [op.WINOGRAD_FILTER]: { name: "filter to points", sizes: pick(7, 8, 3, 6) },
  [op.WINOGRAD_CONVOLVE]: convolution("convolve by points"),
  [op.WINOGRAD_INPUT_GRADIENT]: convolution("convolution's input gradient by points"),
  [op.WINOGRAD_FILTER_GRADIENT]: convolution("convolution's filter gradient by points"),
  [op.WINOGRAD_FILTER_TOTALS]: { name: "filter from points", sizes: pick(7, 8, 3, 6) },
  [op.BINARY]: { name: "binary", sizes: pick(4, 5, 6, 7) },
  [op.UNARY]: { name: "unary", sizes: pick(3) },
  [op.SUM]: { name: "sum", sizes: pick(2, 3, 4) },
  [op.TRANSPOSE]: { name: "transpose", sizes: pick(2, 3) },
  [op.ADAM]: { name: "adam", sizes: pick(4) },
  [op.RMSPROP]: { name: "rmsprop", sizes: pick(3) },
  [op.SGD]: { name: "sgd", sizes: pick(3) },
  [op.FILL]: { name: "fill", sizes: pick(1) },
  [op.THROUGH]: { name: "through activation", sizes: pick(4) },
  [op.BATCH_NORM_SUMS]: { name: "batch norm sums", sizes: pick(2, 3) },
  [op.BATCH_NORM_MOMENTS]: { name: "batch norm moments", sizes: pick(2, 3) },
  [op.BATCH_NORM_APPLY]: { name: "batch norm apply", sizes: pick(2, 3) },
  [op.BATCH_NORM_GRADIENT_SUMS]: { name: "batch norm gradient sums", sizes: pick(2, 3) },
  [op.BATCH_NORM_GRADIENT_TOTALS]: { name: "batch norm gradient totals", sizes: pick(3, 4) },
  [op.BATCH_NORM_GRADIENT]: { name: "batch norm gradient", sizes: pick(3, 4) },
  [op.JUDGE]: { name: "judge", sizes: pick(4, 5) },
  [op.SUM_SQUARES]: { name: "sum of squares", sizes: pick(3) },
  [op.NORM_OF_PARTS]: { name: "norm of parts", sizes: pick(1) },
  [op.DRAW]: { name: "draw", sizes: pick(5) },
  [op.DROPOUT]: { name: "dropout", sizes: pick(5) },
  [op.COPY_ROWS]: { name: "copy rows", sizes: pick(2, 3) },
  [op.POWER_ITERATION]: { name: "power iteration", sizes: pick(1, 2) },
  [op.BLEND]: { name: "blend", sizes: pick(2) },
  [op.CLASSIFY]: { name: "classify", sizes: pick(6, 5, 7) },
  [op.GATHER]: { name: "gather", sizes: pick(4, 3) },
};

/** `words` as opcodes.ts lays a command out. */
export function describeCommand(words: readonly number[]): DescribedCommand {
  const number = words[0] ?? 0;
  const integers = words.slice(op.FIRST_INTEGER);
  const operation = OPERATIONS[number];
  if (operation === undefined) return { text: `operation ${String(number)}`, flop: 0 };
  const { name, sizes, multiplyAdds } = operation;
  return { text: `${name} ${sizes(integers).join("×")}`, flop: 2 * (multiplyAdds?.(integers) ?? 0) };
}
