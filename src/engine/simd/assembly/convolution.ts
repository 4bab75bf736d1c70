// Convolutions of images [batch, height, width, channels], as products with patches that are gathered a block at a time.
import { activateRun } from "./activation";
import { address, fraction, integer } from "./command";
import { addNumbers, clearNumbers, copyNumbers, repeatNumbers } from "./numbers";
import { EDGE_BYTES, multiplyBlock, pack } from "./product";
import { AS_PANELS } from "../opcodes";
import {
  channels,
  filters,
  inputHeight,
  inputWidth,
  kernelHeight,
  kernelWidth,
  outputHeight,
  outputWidth,
  padLeft,
  padTop,
  readGeometry,
  strideHeight,
  strideWidth,
} from "./geometry";

// @ts-ignore: decorator
@inline
function patchLength(): i32 {
  return kernelHeight * kernelWidth * channels;
}

/**
 * output [batch · outputHeight · outputWidth, filters] = activation(patches of the input · filter + bias).
 * Integers from 13: input, panels of the filter, output, bias or 0, positions a task, scratch, scratch bytes a thread,
 * kind of activation. Fractions: alpha.
 * Scratch holds an edge tile and the patches of one task.
 */
export function convolve(command: usize, task: i32, thread: i32): void {
  readGeometry(command);
  const positions = integer(command, 0) * outputHeight * outputWidth;
  const perTask = integer(command, 17);
  const first = task * perTask;
  const count = min(perTask, positions - first);
  const scratch = address(command, 18) + <usize>(thread * integer(command, 19));
  const patches = scratch + <usize>EDGE_BYTES;
  const length = patchLength();
  gatherPatches(address(command, 13), first, count, patches);
  const output = address(command, 15) + <usize>(first * filters << 2);
  multiplyBlock(
    false,
    patches,
    length,
    AS_PANELS,
    address(command, 14),
    0,
    length,
    0,
    count,
    0,
    filters,
    output,
    filters,
    false,
    address(command, 16),
    scratch,
  );
  activateRun(integer(command, 20), fraction(command, 0), output, count * filters);
}

/**
 * The gradient by the input, which is also the transposed convolution: every position of the output scatters its patch
 * over the bias, and an activation ends it.
 * Integers from 13: output gradient, panels of the transposed filter, input gradient, output rows a block, scratch,
 * scratch bytes a thread, bias or 0, kind of activation. Fractions: alpha. A task is one image. Scratch holds an edge tile and the patches of one block.
 */
export function convolutionInputGradient(command: usize, task: i32, thread: i32): void {
  readGeometry(command);
  const rowsPerBlock = integer(command, 16);
  const scratch = address(command, 17) + <usize>(thread * integer(command, 18));
  const patches = scratch + <usize>EDGE_BYTES;
  const length = patchLength();
  const imageBytes = <usize>(inputHeight * inputWidth * channels) << 2;
  const image = address(command, 15) + <usize>task * imageBytes;
  const bias = address(command, 19);
  if (bias == 0) memory.fill(image, 0, imageBytes);
  else repeatNumbers(bias, channels, image, inputHeight * inputWidth);
  for (let row = 0; row < outputHeight; row += rowsPerBlock) {
    const count = min(rowsPerBlock, outputHeight - row) * outputWidth;
    const position = (task * outputHeight + row) * outputWidth;
    const gradient = address(command, 13) + <usize>(position * filters << 2);
    multiplyBlock(
      false,
      gradient,
      filters,
      AS_PANELS,
      address(command, 14),
      0,
      filters,
      0,
      count,
      0,
      length,
      patches,
      length,
      false,
      0,
      scratch,
    );
    scatterPatches(image, row * outputWidth, count, patches);
  }
  activateRun(integer(command, 20), fraction(command, 0), image, inputHeight * inputWidth * channels);
}

/**
 * The gradient by the filter, in parts to be added up: each task sums over its share of the positions into its own part.
 * Integers from 13: input, output gradient, parts [tasks, patch, filters], positions a block, tasks, scratch, scratch bytes
 * a thread. Scratch holds an edge tile and a packed block, then the patches, then the panels of the gradient.
 */
export function convolutionFilterGradient(command: usize, task: i32, thread: i32): void {
  readGeometry(command);
  const positions = integer(command, 0) * outputHeight * outputWidth;
  const perBlock = integer(command, 16);
  const tasks = integer(command, 17);
  const scratch = address(command, 18) + <usize>(thread * integer(command, 19));
  const length = patchLength();
  const patches = scratch + <usize>integer(command, 20);
  const panels = patches + (<usize>(perBlock * length) << 2);
  const gradient = address(command, 14);
  const part = address(command, 15) + (<usize>(task * length * filters) << 2);
  const blocks = (positions + perBlock - 1) / perBlock;
  const firstBlock = (blocks * task) / tasks;
  const lastBlock = (blocks * (task + 1)) / tasks;
  for (let block = firstBlock; block < lastBlock; block++) {
    const position = block * perBlock;
    const count = min(perBlock, positions - position);
    gatherPatches(address(command, 13), position, count, patches);
    const gradientAt = gradient + <usize>(position * filters << 2);
    pack(gradientAt, <usize>filters << 2, count, 0, filters, panels);
    for (let row = 0; row < length; row += FILTER_ROWS) {
      multiplyBlock(
        true,
        patches,
        length,
        AS_PANELS,
        panels,
        0,
        count,
        row,
        min(length, row + FILTER_ROWS),
        0,
        filters,
        part,
        filters,
        block > firstBlock,
        0,
        scratch,
      );
    }
  }
}

/** Rows of the filter gradient handled at once, so that the packed block stays near the processor. */
const FILTER_ROWS: i32 = 96;

/** Lays the patches of `count` output positions, counted over the whole batch, side by side: [count, patch]. */
function gatherPatches(input: usize, first: i32, count: i32, patches: usize): void {
  const rowLength = kernelWidth * channels;
  const rowBytes = <usize>rowLength << 2;
  const inputRow = inputWidth * channels;
  let column = first % outputWidth;
  let row = (first / outputWidth) % outputHeight;
  let image = first / (outputWidth * outputHeight);
  let to = patches;
  for (let position = 0; position < count; position++) {
    const left = column * strideWidth - padLeft;
    // The columns of the kernel that fall inside the image.
    const start = max(0, -left) * channels;
    const end = max(start, min(kernelWidth, inputWidth - left) * channels);
    for (let u = 0; u < kernelHeight; u++) {
      const y = row * strideHeight - padTop + u;
      if (<u32>y >= <u32>inputHeight) {
        clearNumbers(to, rowLength);
      } else {
        const from = input + (<usize>((image * inputHeight + y) * inputRow + left * channels + start) << 2);
        if (end - start == rowLength) {
          copyNumbers(from, to, rowLength);
        } else {
          clearNumbers(to, start);
          copyNumbers(from, to + (<usize>start << 2), end - start);
          clearNumbers(to + (<usize>end << 2), rowLength - end);
        }
      }
      to += rowBytes;
    }
    if (++column == outputWidth) {
      column = 0;
      if (++row == outputHeight) {
        row = 0;
        image++;
      }
    }
  }
}

/** Adds the patches of `count` output positions of one image back to where they came from. */
function scatterPatches(image: usize, first: i32, count: i32, patches: usize): void {
  const rowBytes = <usize>(kernelWidth * channels) << 2;
  const inputRow = inputWidth * channels;
  let column = first % outputWidth;
  let row = first / outputWidth;
  let from = patches;
  for (let position = 0; position < count; position++) {
    const left = column * strideWidth - padLeft;
    const start = max(0, -left) * channels;
    const end = max(start, min(kernelWidth, inputWidth - left) * channels);
    for (let u = 0; u < kernelHeight; u++) {
      const y = row * strideHeight - padTop + u;
      if (<u32>y < <u32>inputHeight) {
        const to = image + (<usize>(y * inputRow + left * channels + start) << 2);
        addNumbers(from + (<usize>start << 2), to, end - start);
      }
      from += rowBytes;
    }
    if (++column == outputWidth) {
      column = 0;
      row++;
    }
  }
}
