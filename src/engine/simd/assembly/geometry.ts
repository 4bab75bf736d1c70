// The geometry of the convolution at hand. Every thread has globals of its own.
import { integer } from "./command";

export let inputHeight: i32 = 0;
export let inputWidth: i32 = 0;
export let channels: i32 = 0;
export let outputHeight: i32 = 0;
export let outputWidth: i32 = 0;
export let filters: i32 = 0;
export let kernelHeight: i32 = 0;
export let kernelWidth: i32 = 0;
export let strideHeight: i32 = 0;
export let strideWidth: i32 = 0;
export let padTop: i32 = 0;
export let padLeft: i32 = 0;

/**
 * Integers 0 to 12 of every convolution: batch, input height and width, channels, output height and width, filters, kernel
 * height and width, stride height and width, padding at the top and at the left.
 */
export function readGeometry(command: usize): void {
  inputHeight = integer(command, 1);
  inputWidth = integer(command, 2);
  channels = integer(command, 3);
  outputHeight = integer(command, 4);
  outputWidth = integer(command, 5);
  filters = integer(command, 6);
  kernelHeight = integer(command, 7);
  kernelWidth = integer(command, 8);
  strideHeight = integer(command, 9);
  strideWidth = integer(command, 10);
  padTop = integer(command, 11);
  padLeft = integer(command, 12);
}
