/** Random tensors on WebGPU: the words of `src/shared/random.ts`, made where they are used. */
import { registerKernel } from "@tensorflow/tfjs-core";
import { STREAMS, type Stream } from "../../shared/random.ts";
import type { LiveNumbers } from "../liveNumbers.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";
import { DRAW_LIVE } from "./randomDraws.ts";

/** The hash of `hashWords`, word for word (Jarzynski and Olano 2020). */
export const HASH_WGSL = `
fn hashWords(key: vec4u) -> vec4u {
  var v = key * 1664525u + 1013904223u;
  v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
  v ^= v >> vec4u(16);
  v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
  return v;
}`;

/** The numbers in [0, 1) that are made of its words. */
const UNIT_WGSL = `
fn unit(words: vec4u) -> vec4f { return vec4f(words >> vec4u(8)) / 16777216.0; }`;

/**
 * cos 2πu and sin 2πu by Taylor's polynomials within an eighth of a turn: WGSL's own may be off by 2⁻¹¹, and on software
 * adapters are (https://www.w3.org/TR/WGSL/#floating-point-accuracy).
 */
const CIRCLE_WGSL = `
fn circle(u: f32) -> vec2f {
  let quarter = round(4.0 * u);
  let x = (u - 0.25 * quarter) * 6.283185307179586;
  let q = x * x;
  let c = 1.0 + q * (-0.5 + q * (1.0 / 24.0 + q * (-1.0 / 720.0 + q * (1.0 / 40320.0))));
  let s = x * (1.0 + q * (-1.0 / 6.0 + q * (1.0 / 120.0 + q * (-1.0 / 5040.0 + q * (1.0 / 362880.0)))));
  switch u32(quarter) % 4u {
    case 0u: { return vec2f(c, s); }
    case 1u: { return vec2f(-s, c); }
    case 2u: { return vec2f(-c, -s); }
    default: { return vec2f(s, -c); }
  }
}`;

/** What is made of four unit numbers `u`; normal ones by Box and Muller's transform. */
const DISTRIBUTIONS = {
  uniform: "return u;",
  normal: `
  let radius = sqrt(-2.0 * log(1.0 - u.xz));
  return vec4f(radius.x * circle(u.y), radius.y * circle(u.w));`,
} as const;

export type Distribution = keyof typeof DISTRIBUTIONS;

interface DrawParameters {
  readonly distribution: Distribution;
  readonly stream: Stream;
  readonly size: number;
}

const draw = defineKernel("DuelRandom", ({ distribution, stream, size }: DrawParameters) => ({
  writes: { y: "f32" },
  reads: {},
  live: DRAW_LIVE,
  threads: Math.ceil(size / 4),
  workgroupSize: 64,
  code: `${HASH_WGSL}${UNIT_WGSL}${CIRCLE_WGSL}
fn distribute(u: vec4f) -> vec4f { ${DISTRIBUTIONS[distribution]} }
fn run(i: u32) {
  let numbers = distribute(unit(hashWords(vec4u(seed(), ${STREAMS[stream]}u, draw(), i))));
  for (var lane = 0u; lane < 4u && i * 4u + lane < ${size}u; lane++) { y[i * 4u + lane] = numbers[lane]; }
}`,
}));

/** Brings the kernel to the WebGPU backend. */
export function registerRandomDraws(): void {
  registerKernel({
    kernelName: "DuelRandom",
    backendName: "webgpu",
    kernelFunc: ({ attrs }) => {
      const { distribution, stream, shape, live } = attrs as unknown as {
        readonly distribution: Distribution;
        readonly stream: Stream;
        readonly shape: readonly number[];
        readonly live: LiveNumbers;
      };
      const y = emptyTensor(shape);
      draw.run({ distribution, stream, size: shape.reduce((product, size) => product * size, 1) }, [y], live);
      return y;
    },
  });
}
