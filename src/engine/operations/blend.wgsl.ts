/** Blending by fixed numbers on WebGPU; by live ones it is among the updates of engine/optimizers. */
import { registerKernel } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { float } from "../webgpu/activation.wgsl.ts";
import { defineKernel } from "../webgpu/program.ts";

interface BlendParameters {
  readonly size: number;
  readonly keep: number;
  readonly take: number;
}

const blend = defineKernel("DuelBlend", ({ size, keep, take }: BlendParameters) => ({
  writes: { p: "f32" },
  reads: { g: "f32" },
  threads: size,
  workgroupSize: 64,
  code: `fn run(i: u32) { p[i] = p[i] * ${float(keep)} + g[i] * ${float(take)}; }`,
}));

/** Brings the kernel to the WebGPU backend. */
export function registerBlend(): void {
  registerKernel({
    kernelName: "DuelBlend",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const { keep, take } = attrs as unknown as Omit<BlendParameters, "size">;
      const [p, g] = [present(inputs.p, "the target"), present(inputs.g, "the source")];
      blend.run({ size: p.shape.reduce((product, length) => product * length, 1), keep, take }, [p, g]);
      return [];
    },
  });
}
