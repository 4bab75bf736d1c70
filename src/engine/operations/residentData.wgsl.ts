/** Batches gathered on WebGPU from a data set that stays on the device. */
import { registerKernel } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";

interface GatherParameters {
  readonly batch: number;
  readonly itemSize: number;
}

/** A kernel that writes y = `number`, an expression of the place of a number in the data set. */
function defineGather(name: string, number: string) {
  return defineKernel(name, ({ batch, itemSize }: GatherParameters) => ({
    writes: { y: "f32" },
    reads: { items: "u32", words: "u32" },
    threads: batch * itemSize,
    workgroupSize: 64,
    code: `
fn run(i: u32) {
  let place = items[i / ${itemSize}u] * ${itemSize}u + i % ${itemSize}u;
  y[i] = ${number};
}`,
  }));
}

const GATHERS = [
  // Items of bytes need not begin at a whole word.
  defineGather("DuelGather", "f32((words[place / 4u] >> (8u * (place % 4u))) & 255u) / 127.5 - 1.0"),
  defineGather("DuelGatherFloats", "bitcast<f32>(words[place])"),
];

/** Brings the kernels to the WebGPU backend. */
export function registerGather(): void {
  for (const gather of GATHERS) {
    registerKernel({
      kernelName: gather.name,
      backendName: "webgpu",
      kernelFunc: ({ inputs, attrs }) => {
        const { itemShape } = attrs as unknown as { readonly itemShape: readonly number[] };
        const items = present(inputs.items, "the items");
        const batch = present(items.shape[0], "the batch dimension");
        const y = emptyTensor([batch, ...itemShape]);
        const itemSize = itemShape.reduce((product, size) => product * size, 1);
        gather.run({ batch, itemSize }, [y, items, present(inputs.words, "the data set")]);
        return y;
      },
    });
  }
}
