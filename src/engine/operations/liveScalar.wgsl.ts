/** A live number as a tensor on WebGPU. */
import { registerKernel } from "@tensorflow/tfjs-core";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";

interface ScalarParameters {
  readonly layout: LiveLayout;
  readonly name: string;
}

const copy = defineKernel("DuelLiveScalar", ({ layout, name }: ScalarParameters) => ({
  writes: { y: "f32" },
  reads: {},
  live: layout,
  threads: 1,
  workgroupSize: 1,
  code: `fn run(i: u32) { y[i] = ${name}(); }`,
}));

/** Brings the kernel to the WebGPU backend. */
export function registerLiveScalar(): void {
  registerKernel({
    kernelName: "DuelLiveScalar",
    backendName: "webgpu",
    kernelFunc: ({ attrs }) => {
      const { live, name } = attrs as unknown as { readonly live: LiveNumbers; readonly name: string };
      const y = emptyTensor([]);
      copy.run({ layout: live.layout, name }, [y], live);
      return y;
    },
  });
}
