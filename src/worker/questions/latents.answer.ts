/** The latents of the sample grid, and the directions in which the generator's images change most. */
import type { Tensor } from "@tensorflow/tfjs-core";
import { latentDirections, type LatentDirections } from "../../gan/latentDirections.ts";
import type { Answerer } from "./answers.ts";

export const latents: Answerer<"latents"> = async ({ trainer: { run } }, { directions }) => {
  const { latentDim } = run.config;
  const kernel = firstKernel([...run.gan.generator.weights.values()], latentDim);
  const found =
    kernel === undefined
      ? axes(latentDim, directions)
      : latentDirections(
          (await kernel.data<"float32">()).slice(0, latentDim * (kernel.shape[1] ?? 1)),
          latentDim,
          directions,
        );
  const size = run.latentSize;
  return {
    latentDim: size,
    classes: run.gan.classes,
    probe: await run.probeLatents(),
    directions: found.directions.map((direction) => padded(direction, size)),
    shares: found.shares,
    importance: padded(found.importance, size),
  };
};

/** Nothing along the classes, where the generator is told any: it is the noise whose directions are asked for. */
function padded(numbers: Float32Array, size: number): Float32Array<ArrayBuffer> {
  const all = new Float32Array(size);
  all.set(numbers);
  return all;
}

/** The first layer's weights, [at least latentDim, units]: with class labels, rows for them follow those of the latent. */
function firstKernel(weights: readonly Tensor[], latentDim: number): Tensor | undefined {
  const first = weights.find(({ shape }) => shape.length === 2);
  const rows = first?.shape[0];
  return rows !== undefined && rows >= latentDim ? first : undefined;
}

/** Every dimension as good as any other. */
function axes(latentDim: number, count: number): LatentDirections {
  const share = 1 / latentDim;
  const directions = Array.from({ length: Math.min(count, latentDim) }, (_, axis) => {
    const direction = new Float32Array(latentDim);
    direction[axis] = 1;
    return direction;
  });
  return { directions, shares: directions.map(() => share), importance: new Float32Array(latentDim).fill(share) };
}
