// The module's entry for one thread: performs a command, or one task of it.
import {
  ADAM,
  BINARY,
  CONVOLUTION_FILTER_GRADIENT,
  CONVOLUTION_INPUT_GRADIENT,
  CONVOLVE,
  FILL,
  MULTIPLY,
  PACK_PANELS,
  RMSPROP,
  SGD,
  SUM,
  TRANSPOSE,
  UNARY,
} from "../opcodes";
import { binary, fill, unary } from "./elementwise";
import { multiply, packPanels } from "./product";
import { convolve, convolutionFilterGradient, convolutionInputGradient } from "./convolution";
import { sum, transpose } from "./layout";
import { adam, rmsprop, sgd } from "./optimizers";

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
    case ADAM:
      return adam(command, task);
    case RMSPROP:
      return rmsprop(command, task);
    case SGD:
      return sgd(command, task);
    case FILL:
      return fill(command, task);
    default:
      unreachable();
  }
}

/** Performs every task of a command on this thread alone. */
export function performAlone(command: usize): void {
  const tasks = load<i32>(command, 4);
  for (let task = 0; task < tasks; task++) perform(command, task, 0);
}
