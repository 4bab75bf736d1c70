/** Dropout on WebGPU: the masks are drawn where they are used, forward and backward, and never stored. */
import { engine, registerKernel, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import { STREAMS } from "../../shared/random.ts";
import { float } from "../webgpu/activation.wgsl.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";
import { MASKS_AN_UPDATE, type DropoutMasks } from "./dropout.ts";
import { DRAW_LIVE } from "./randomDraws.ts";
import { HASH_WGSL } from "./randomDraws.wgsl.ts";

/** What a word of the hash has beyond the 24 bits of a number in [0, 1). */
const SPARE_BITS = 8;
const UNITS = 2 ** 24;

interface DropoutParameters {
  /** Numbers in one batch. */
  readonly size: number;
  readonly rate: number;
  readonly places: readonly number[];
  /** Whether x is multiplied by the mask, or the mask is wanted alone. */
  readonly drops: boolean;
}

/** Four numbers a thread, which share a hash. Whole numbers are compared, so that no rounding of the rate tells backends apart. */
const drop = defineKernel("DuelDropout", ({ size, rate, places, drops }: DropoutParameters) => {
  const groups = Math.ceil(size / 4);
  const isVector = size % 4 === 0;
  const element = isVector ? "vec4f" : "f32";
  const of = (at: string, mask: string) => (drops ? `x[${at}] * ${mask}` : mask);
  return {
    writes: { y: element },
    reads: drops ? { x: element } : {},
    live: DRAW_LIVE,
    threads: places.length * groups,
    workgroupSize: 64,
    code: `${HASH_WGSL}
fn run(i: u32) {
  var places = array<u32, ${places.length}>(${places.map((place) => `${place}u`).join(", ")});
  let batch = i / ${groups}u;
  let group = i % ${groups}u;
  let words = hashWords(vec4u(seed(), ${STREAMS.dropout}u, draw() * ${MASKS_AN_UPDATE}u + places[batch], group));
  let isKept = (words >> vec4u(${SPARE_BITS})) >= vec4u(${Math.ceil(rate * UNITS)}u);
  let mask = select(vec4f(0), vec4f(${float(1 / (1 - rate))}), isKept);
  ${
    isVector
      ? `y[i] = ${of("i", "mask")};`
      : `for (var lane = 0u; lane < 4u && group * 4u + lane < ${size}u; lane++) {
    let at = batch * ${size}u + group * 4u + lane;
    y[at] = ${of("at", "mask[lane]")};
  }`
  }
}`,
  };
});

interface DropoutAttributes extends DropoutMasks {
  readonly rate: number;
}

function runDropout(shape: readonly number[], x: TensorInfo | null, attributes: DropoutAttributes): TensorInfo {
  const { rate, places, live } = attributes;
  const y = emptyTensor(shape);
  const size = shape.reduce((product, dimension) => product * dimension, 1) / places.length;
  drop.run({ size, rate, places, drops: x !== null }, x === null ? [y] : [y, x], live);
  return y;
}

/** Brings the kernels and the gradient to the WebGPU backend. */
export function registerDropout(): void {
  registerKernel({
    kernelName: "DuelDropout",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const x = present(inputs.x, "x");
      return runDropout(x.shape, x, attrs as unknown as DropoutAttributes);
    },
  });
  registerKernel({
    kernelName: "DuelDropoutMask",
    backendName: "webgpu",
    kernelFunc: ({ attrs }) => {
      const attributes = attrs as unknown as DropoutAttributes & { readonly shape: readonly number[] };
      return runDropout(attributes.shape, null, attributes);
    },
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelDropout",
    gradFunc: (dys, _saved, attrs) => {
      const dy = dys as Tensor;
      const through = () => runDropout(dy.shape, dy, attrs as unknown as DropoutAttributes);
      return { x: () => engine().makeTensorFromTensorInfo(through()) };
    },
  });
}
