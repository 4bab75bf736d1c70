/**
 * The gradient by the sums before an activation, for the gradients of a layer: a graphics card works it out wherever it reads
 * it; a processor that plays one, for which every read is dear, works it out once. It must not know which layer that is.
 */
import type { Tensor } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { LINEAR, type Activation } from "../operations/activations.ts";
import { slopeBuffers, slopeWgsl } from "./activation.wgsl.ts";
import { filledOnDemand } from "./onDemand.ts";
import { dealOut } from "./places.ts";
import { defineKernel } from "./program.ts";
import { isSoftwareDevice } from "./tiles.ts";

/** Numbers below which starting a kernel takes longer than reading them twice. */
const WORTH_A_KERNEL = 4096;

export interface Slopes {
  /** The activation that is left to the kernels. */
  readonly activation: Activation;
  /** What they read as `slopeBuffers` of it. Call it right before the first of them. */
  tensors(this: void): readonly Tensor[];
}

interface SlopeParameters {
  readonly activation: Activation;
  readonly size: number;
}

const computeSlopes = defineKernel("DuelSlopes", ({ activation, size }: SlopeParameters) => {
  const element = size % 4 === 0 ? "vec4f" : "f32";
  const { threads, each } = dealOut(size / (size % 4 === 0 ? 4 : 1));
  return {
    writes: { dz: element },
    reads: slopeBuffers(activation, element),
    threads,
    workgroupSize: 64,
    code: `${slopeWgsl(activation, element)}
fn run(thread: u32) { ${each("dz[i] = slope(i);")} }`,
  };
});

/** Given the gradient by a layer's output y and that output. Call it within a tidy, which frees what is made here. */
export function slopesOf(dy: Tensor, y: Tensor, activation: Activation): Slopes {
  if (activation.type === "linear") return { activation, tensors: () => [dy] };
  if (!isSoftwareDevice() || dy.size < WORTH_A_KERNEL) return { activation, tensors: () => [dy, y] };
  const [slopes] = filledOnDemand([dy.shape], ([target]) => {
    computeSlopes.run({ activation, size: dy.size }, [present(target, "dz"), dy, y]);
  });
  return { activation: LINEAR, tensors: () => [present(slopes, "dz")()] };
}
