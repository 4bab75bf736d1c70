// The module's entry for one thread: performs a command, or one task of it.
import {
  ADAM,
  BATCH_NORM_APPLY,
  BATCH_NORM_GRADIENT,
  BATCH_NORM_GRADIENT_SUMS,
  BATCH_NORM_GRADIENT_TOTALS,
  BATCH_NORM_MOMENTS,
  BATCH_NORM_SUMS,
  BINARY,
  BLEND,
  CLASSIFY,
  COMMAND_WORDS,
  CONVOLUTION_FILTER_GRADIENT,
  CONVOLUTION_INPUT_GRADIENT,
  CONVOLVE,
  COPY_ROWS,
  DRAW,
  DROPOUT,
  FILL,
  GATHER,
  JUDGE,
  LION,
  MULTIPLY,
  NESTEROV,
  NORM_OF_PARTS,
  PACK_PANELS,
  POWER_ITERATION,
  RMSPROP,
  SGD,
  SUM,
  SUM_SQUARES,
  THROUGH,
  TRANSPOSE,
  UNARY,
  WINOGRAD_CONVOLVE,
  WINOGRAD_FILTER,
  WINOGRAD_FILTER_GRADIENT,
  WINOGRAD_FILTER_TOTALS,
  WINOGRAD_INPUT_GRADIENT,
} from "../opcodes";
import { through } from "./activation";
import {
  batchNormApply,
  batchNormGradient,
  batchNormGradientSums,
  batchNormGradientTotals,
  batchNormMoments,
  batchNormSums,
} from "./batchNorm";
import { classify } from "./classification";
import { binary, fill, unary } from "./elementwise";
import { multiply, packPanels } from "./product";
import { gather } from "./gather";
import { convolve, convolutionFilterGradient, convolutionInputGradient } from "./convolution";
import { copyRows, sum, transpose } from "./layout";
import { judge, normOfParts, sumSquares } from "./losses";
import { adam, blend, lion, nesterov, rmsprop, sgd } from "./optimizers";
import { draw, dropout } from "./random";
import { iteratePower } from "./spectralNorm";
import { winogradConvolve, winogradFilterGradient, winogradInputGradient } from "./winograd";
import { winogradFilter, winogradFilterTotals } from "./winogradFilter";

export function perform(command: usize, task: i32, thread: i32): void {
  switch (load<i32>(command)) {
    case PACK_PANELS:
      return packPanels(command, task);
    case MULTIPLY:
      return multiply(command, task, thread);
    case CONVOLVE:
      return convolve(command, task, thread);
    case CONVOLUTION_INPUT_GRADIENT:
      return convolutionInputGradient(command, task, thread);
    case CONVOLUTION_FILTER_GRADIENT:
      return convolutionFilterGradient(command, task, thread);
    case BINARY:
      return binary(command, task);
    case UNARY:
      return unary(command, task);
    case SUM:
      return sum(command, task);
    case TRANSPOSE:
      return transpose(command, task);
    case COPY_ROWS:
      return copyRows(command, task);
    case ADAM:
      return adam(command, task);
    case RMSPROP:
      return rmsprop(command, task);
    case SGD:
      return sgd(command, task);
    case LION:
      return lion(command, task);
    case NESTEROV:
      return nesterov(command, task);
    case BLEND:
      return blend(command, task);
    case FILL:
      return fill(command, task);
    case THROUGH:
      return through(command, task);
    case BATCH_NORM_SUMS:
      return batchNormSums(command, task);
    case BATCH_NORM_MOMENTS:
      return batchNormMoments(command);
    case BATCH_NORM_APPLY:
      return batchNormApply(command, task);
    case BATCH_NORM_GRADIENT_SUMS:
      return batchNormGradientSums(command, task);
    case BATCH_NORM_GRADIENT_TOTALS:
      return batchNormGradientTotals(command);
    case BATCH_NORM_GRADIENT:
      return batchNormGradient(command, task);
    case JUDGE:
      return judge(command);
    case SUM_SQUARES:
      return sumSquares(command, task);
    case NORM_OF_PARTS:
      return normOfParts(command);
    case DRAW:
      return draw(command, task);
    case DROPOUT:
      return dropout(command, task);
    case GATHER:
      return gather(command, task);
    case CLASSIFY:
      return classify(command);
    case POWER_ITERATION:
      return iteratePower(command);
    case WINOGRAD_FILTER:
      return winogradFilter(command, task, thread);
    case WINOGRAD_CONVOLVE:
      return winogradConvolve(command, task, thread);
    case WINOGRAD_INPUT_GRADIENT:
      return winogradInputGradient(command, task, thread);
    case WINOGRAD_FILTER_GRADIENT:
      return winogradFilterGradient(command, task, thread);
    case WINOGRAD_FILTER_TOTALS:
      return winogradFilterTotals(command, task, thread);
    default:
      unreachable();
  }
}

/** Performs commands that lie one after the other on this thread alone. */
export function performListAlone(list: usize, count: i32): void {
  for (let index = 0; index < count; index++) performAlone(list + (<usize>(index * COMMAND_WORDS) << 2));
}

/** Performs every task of a command on this thread alone. */
export function performAlone(command: usize): void {
  const tasks = load<i32>(command, 4);
  for (let task = 0; task < tasks; task++) perform(command, task, 0);
}
