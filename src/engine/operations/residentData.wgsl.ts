/** Batches gathered on WebGPU from bytes that stay on the device. */
import { registerKernel } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";

interface GatherParameters {
  readonly batch: number;
  readonly itemSize: number;
}

/** y = byte / 127.5 − 1. Items need not begin at a whole word. */
const gather = defineKernel("DuelGather", ({ batch, itemSize }: GatherParameters) => ({
  writes: { y: "f32" },
  reads: { items: "u32", words: "u32" },
  threads: batch * itemSize,
  workgroupSize: 64,
  code: `
fn run(i: u32) {
  let place = items[i / ${itemSize}u] * ${itemSize}u + i % ${itemSize}u;
  let byte = (words[place / 4u] >> (8u * (place % 4u))) & 255u;
  y[i] = f32(byte) / 127.5 - 1.0;
}`,
}));

/** Brings the kernel to the WebGPU backend. */
export function registerGather(): void {
  registerKernel({
    kernelName: "DuelGather",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const { itemShape } = attrs as unknown as { readonly itemShape: readonly number[] };
      const items = present(inputs.items, "the items");
      const batch = present(items.shape[0], "the batch dimension");
      const y = emptyTensor([batch, ...itemShape]);
      const itemSize = itemShape.reduce((product, size) => product * size, 1);
      gather.run({ batch, itemSize }, [y, items, present(inputs.words, "the bytes")]);
      return y;
    },
  });
}
