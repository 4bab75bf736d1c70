/** Images enlarged on WebGPU by repeating pixels, and the gradient, which sums over the copies of each. */
import { engine, registerKernel, type Tensor } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";

/** The small images, [batch, height, width, channels], and how often a pixel is repeated along each side. */
interface UpSamplingParameters {
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
  readonly size: number;
}

const WORKGROUP_SIZE = 64;

/** Channels in elements of the buffers' type. */
function elements({ shape }: UpSamplingParameters) {
  const channels = shape[3];
  return channels % 4 === 0
    ? ({ element: "vec4f", width: channels / 4 } as const)
    : ({ element: "f32", width: channels } as const);
}

/** A thread for each element of a large image. */
const enlarge = defineKernel("DuelUpSampling2d", (parameters: UpSamplingParameters) => {
  const { shape, size } = parameters;
  const [batch, height, width] = shape;
  const channels = elements(parameters);
  return {
    writes: { y: channels.element },
    reads: { x: channels.element },
    threads: batch * height * width * size ** 2 * channels.width,
    workgroupSize: WORKGROUP_SIZE,
    code: `
fn run(i: u32) {
  let channel = i % ${channels.width}u;
  let pixel = i / ${channels.width}u;
  let column = pixel % ${width * size}u / ${size}u;
  // Rows of all images, one after the other.
  let row = pixel / ${width * size}u / ${size}u;
  y[i] = x[(row * ${width}u + column) * ${channels.width}u + channel];
}`,
  };
});

/** A thread for each element of a small image. */
const sumCopies = defineKernel("DuelUpSampling2dGradient", (parameters: UpSamplingParameters) => {
  const { shape, size } = parameters;
  const [batch, height, width] = shape;
  const channels = elements(parameters);
  return {
    writes: { dx: channels.element },
    reads: { dy: channels.element },
    threads: batch * height * width * channels.width,
    workgroupSize: WORKGROUP_SIZE,
    code: `
fn run(i: u32) {
  let channel = i % ${channels.width}u;
  let pixel = i / ${channels.width}u;
  let column = pixel % ${width}u * ${size}u;
  let row = pixel / ${width}u * ${size}u;
  var sum = ${channels.element}(0);
  for (var oy = 0u; oy < ${size}u; oy++) {
    for (var ox = 0u; ox < ${size}u; ox++) {
      sum += dy[((row + oy) * ${width * size}u + column + ox) * ${channels.width}u + channel];
    }
  }
  dx[i] = sum;
}`,
  };
});

interface UpSamplingAttributes {
  readonly size: number;
}

/** Brings the kernel and its gradient to the WebGPU backend. */
export function registerUpSampling2d(): void {
  registerKernel({
    kernelName: "DuelUpSampling2d",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const { size } = attrs as unknown as UpSamplingAttributes;
      const x = present(inputs.x, "x");
      const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
      const y = emptyTensor([batch, height * size, width * size, channels]);
      enlarge.run({ shape: [batch, height, width, channels], size }, [y, x]);
      return y;
    },
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelUpSampling2d",
    gradFunc: (dys, _saved, attrs) => {
      const { size } = attrs as unknown as UpSamplingAttributes;
      const dy = dys as Tensor;
      const [batch = 1, height = 1, width = 1, channels = 1] = dy.shape;
      const shape = [batch, height / size, width / size, channels] as const;
      return {
        x: () => {
          const dx = emptyTensor(shape);
          sumCopies.run({ shape, size }, [dx, dy]);
          return engine().makeTensorFromTensorInfo(dx);
        },
      };
    },
  });
}
