/**
 * Two tensors one after the other on WebGPU, by fours. TensorFlow.js goes number by number, and finds out for each whose it is;
 * its kernel stays for what comes in other ways. It must not know what is put together.
 */
import { getKernel, registerKernel, unregisterKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";

const LANES = 4;

/** Sizes of both, in vectors of four. */
interface ConcatParameters {
  readonly first: number;
  readonly second: number;
}

/** A thread for each vector of the result. */
const join = defineKernel("DuelConcat", ({ first, second }: ConcatParameters) => ({
  writes: { y: `vec4f, ${String(first + second)}` },
  reads: { a: `vec4f, ${String(first)}`, b: `vec4f, ${String(second)}` },
  threads: first + second,
  workgroupSize: 64,
  code: `
fn run(i: u32) {
  if (i < ${String(first)}u) { y[i] = a[i]; } else { y[i] = b[i - ${String(first)}u]; }
}`,
}));

const vectorsOf = ({ shape }: TensorInfo): number => shape.reduce((product, size) => product * size, 1) / LANES;

/** Whether a tensor is whole vectors, and some. */
function isOfVectors(tensor: TensorInfo): boolean {
  const vectors = vectorsOf(tensor);
  return tensor.dtype === "float32" && vectors > 0 && Number.isInteger(vectors);
}

/** Brings the kernel to the WebGPU backend, in the place of the one it has. */
export function registerConcat(): void {
  const name = { kernelName: "Concat", backendName: "webgpu" } as const;
  const given = present(getKernel(name.kernelName, name.backendName), "the kernel Concat of TensorFlow.js");
  unregisterKernel(name.kernelName, name.backendName);
  registerKernel({
    ...name,
    kernelFunc: (call) => {
      const tensors = Object.values(call.inputs).filter((tensor): tensor is TensorInfo => tensor !== undefined);
      const byFours = call.attrs?.axis === 0 && tensors.length === 2 && tensors.every(isOfVectors);
      const [a, b] = tensors;
      if (a === undefined || b === undefined || !byFours) return given.kernelFunc(call);
      const [first = 0, ...rest] = a.shape;
      const y = emptyTensor([first + (b.shape[0] ?? 0), ...rest]);
      join.run({ first: vectorsOf(a), second: vectorsOf(b) }, [y, a, b]);
      return y;
    },
  });
}
