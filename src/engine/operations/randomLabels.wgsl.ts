/** Random class labels on WebGPU. */
import { registerKernel } from "@tensorflow/tfjs-core";
import { STREAMS, type Stream } from "../../shared/random.ts";
import type { LiveNumbers } from "../liveNumbers.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";
import { DRAW_LIVE } from "./randomDraws.ts";
import { HASH_WGSL } from "./randomDraws.wgsl.ts";

interface LabelParameters {
  readonly stream: Stream;
  readonly count: number;
  readonly classes: number;
}

const draw = defineKernel("DuelRandomLabels", ({ stream, count, classes }: LabelParameters) => ({
  writes: { y: "f32" },
  reads: {},
  live: DRAW_LIVE,
  threads: Math.ceil(count / 4),
  workgroupSize: 64,
  code: `${HASH_WGSL}
fn run(i: u32) {
  // Words of 24 bits and classes below 256, so that the products fit.
  let words = hashWords(vec4u(seed(), ${STREAMS[stream]}u, draw(), i)) >> vec4u(8);
  let labels = (words * ${classes}u) >> vec4u(24);
  for (var lane = 0u; lane < 4u && i * 4u + lane < ${count}u; lane++) {
    for (var k = 0u; k < ${classes}u; k++) {
      y[(i * 4u + lane) * ${classes}u + k] = select(0.0, 1.0, labels[lane] == k);
    }
  }
}`,
}));

/** Brings the kernel to the WebGPU backend. */
export function registerRandomLabels(): void {
  registerKernel({
    kernelName: "DuelRandomLabels",
    backendName: "webgpu",
    kernelFunc: ({ attrs }) => {
      const { stream, shape, live } = attrs as unknown as {
        readonly stream: Stream;
        readonly shape: readonly [count: number, classes: number];
        readonly live: LiveNumbers;
      };
      const y = emptyTensor(shape);
      draw.run({ stream, count: shape[0], classes: shape[1] }, [y], live);
      return y;
    },
  });
}
