/** Random numbers by live keys, made in the module, and dropout with masks of them. */
import { util, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { STREAMS, type Stream } from "../../../shared/random.ts";
import type { LiveNumbers } from "../../liveNumbers.ts";
import { MASKS_AN_UPDATE, type DropoutMasks } from "../../operations/dropout.ts";
import type { DRAW_LIVE } from "../../operations/randomDraws.ts";
import { runningSimd, type SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { asTensor, input, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";
import { fillWith } from "./layout.ts";

/** Numbers that four draws of the hash make at once. */
const GROUP = 16;
/** Hashing a number takes as long as moving so many. */
const NUMBERS_PER_DRAW = 8;
/** What numbers of the hash are counted in. */
const UNITS = 2 ** 24;

interface DrawAttributes {
  readonly distribution: "uniform" | "normal";
  readonly stream: Stream;
  readonly shape: readonly number[];
  readonly live: LiveNumbers<keyof typeof DRAW_LIVE>;
}

const random: SimdKernel = {
  name: "DuelRandom",
  run({ attrs, backend }) {
    const { distribution, stream, shape, live } = attrs as unknown as DrawAttributes;
    const out = backend.make(shape);
    const size = util.sizeFromShape([...shape]);
    const perTask = shareOf(size, wantedTasks(NUMBERS_PER_DRAW * size, backend.threads), GROUP);
    const kind = distribution === "normal" ? op.NORMAL : op.UNIFORM;
    const rest = [kind, backend.address(out), size, perTask];
    backend.perform(op.DRAW, Math.ceil(size / perTask), () => [
      ...[live.values.seed, STREAMS[stream], live.values.draw],
      ...rest,
    ]);
    return out;
  },
};

interface DropoutAttributes extends DropoutMasks {
  readonly rate: number;
}

/** out = dropout(x), batch by batch; `out` may be x itself. */
function dropInto(
  backend: SimdBackend,
  x: TensorInfo,
  out: TensorInfo,
  { rate, live, places }: DropoutAttributes,
): void {
  const size = util.sizeFromShape(x.shape) / places.length;
  const perTask = shareOf(size, wantedTasks(size, backend.threads), GROUP);
  for (const [batch, place] of places.entries()) {
    const offset = batch * size * Float32Array.BYTES_PER_ELEMENT;
    const rest = [backend.address(x) + offset, backend.address(out) + offset, size, perTask, Math.ceil(rate * UNITS)];
    backend.perform(
      op.DROPOUT,
      Math.ceil(size / perTask),
      () => [live.values.seed, STREAMS.dropout, live.values.draw * MASKS_AN_UPDATE + place, ...rest],
      [1 / (1 - rate)],
    );
  }
}

/** A tensor that goes through dropout, be it a layer's input or the gradient by its output. The caller owns it. */
function dropped(backend: SimdBackend, x: TensorInfo, attributes: DropoutAttributes): TensorInfo {
  const out = backend.make(x.shape);
  dropInto(backend, x, out, attributes);
  return out;
}

const dropout: SimdKernel = {
  name: "DuelDropout",
  run: ({ inputs, attrs, backend }) => dropped(backend, input(inputs, "x"), attrs as unknown as DropoutAttributes),
  gradient: {
    gradFunc: (dy, _saved, attrs) => ({
      x: () => asTensor(dropped(runningSimd(), dy as Tensor, attrs as unknown as DropoutAttributes)),
    }),
  },
};

/** 0 where dropout zeroes, and what it multiplies by elsewhere. */
const dropoutMask: SimdKernel = {
  name: "DuelDropoutMask",
  run({ attrs, backend }) {
    const attributes = attrs as unknown as DropoutAttributes & { readonly shape: readonly number[] };
    const mask = fillWith(backend, attributes.shape, 1);
    dropInto(backend, mask, mask, attributes);
    return mask;
  },
};

export const RANDOM: readonly SimdKernel[] = [random, dropout, dropoutMask];
