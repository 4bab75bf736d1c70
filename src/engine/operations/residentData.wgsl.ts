/** Batches gathered on WebGPU from a data set that stays on the device. */
import { registerKernel } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";

interface GatherParameters {
  readonly batch: number;
  readonly itemSize: number;
}

/** How a kernel makes elements of a batch out of words of the data set. */
interface Decoding {
  /** Elements of the batch, and how many numbers each has. */
  readonly element: "f32" | "vec4f";
  readonly lanes: number;
  /** WGSL of an element, by its `place` among those of the data set. */
  readonly value: string;
}

const FLOATS: Decoding = { element: "f32", lanes: 1, value: "bitcast<f32>(words[place])" };

/** Items of bytes need not begin at a whole word. */
const BYTES: Decoding = {
  element: "f32",
  lanes: 1,
  value: "f32((words[place / 4u] >> (8u * (place % 4u))) & 255u) / 127.5 - 1.0",
};

/** Where they all do, a word is four numbers. */
const WORDS_OF_BYTES: Decoding = {
  element: "vec4f",
  lanes: 4,
  value: "vec4f((vec4u(words[place]) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(255u)) / 127.5 - 1.0",
};

function defineGather(name: string, decodingOf: (itemSize: number) => Decoding) {
  return defineKernel(name, ({ batch, itemSize }: GatherParameters) => {
    const { element, lanes, value } = decodingOf(itemSize);
    const width = String(itemSize / lanes);
    return {
      writes: { y: element },
      reads: { items: "u32", words: "u32" },
      threads: (batch * itemSize) / lanes,
      workgroupSize: 64,
      code: `
fn run(i: u32) {
  let place = items[i / ${width}u] * ${width}u + i % ${width}u;
  y[i] = ${value};
}`,
    };
  });
}

const GATHERS = [
  defineGather("DuelGather", (itemSize) => (itemSize % 4 === 0 ? WORDS_OF_BYTES : BYTES)),
  defineGather("DuelGatherFloats", () => FLOATS),
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
