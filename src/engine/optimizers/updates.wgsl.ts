/**
 * The optimisers on WebGPU: parameters and what an optimiser remembers of them change in place, two parameters a dispatch,
 * by live numbers. It must not know what the parameters are for.
 */
import { registerKernel, type KernelConfig, type TensorInfo } from "@tensorflow/tfjs-core";
import { BLEND_LIVE } from "../operations/blend.ts";
import { present } from "../../shared/invariant.ts";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";
import { dealOut } from "../webgpu/places.ts";
import { defineKernel, type Kernel } from "../webgpu/program.ts";
import { ADAM_LIVE } from "./adam.ts";
import { CLIP_LIVE } from "./clipWeights.ts";
import { DECAY_LIVE } from "./decayWeights.ts";
import { LION_LIVE } from "./lion.ts";
import { RMSPROP_LIVE } from "./rmsprop.ts";
import { SGD_LIVE } from "./sgd.ts";

interface Update {
  /** Tensors that change in place for each parameter, besides itself. */
  readonly memory: readonly string[];
  /** Tensors that are only read for each parameter. */
  readonly reads: readonly string[];
  readonly live: LiveLayout;
  /** WGSL on the places `i` of `p`, the memory and what is read, in elements of type T, and on the live numbers by name. */
  readonly formula: string;
}

/** The kernels by name; each formula says what the portable twin says, and reads each number once: that is what takes time. */
const UPDATES = {
  DuelAdamTogether: {
    memory: ["m", "v"],
    reads: ["g"],
    live: ADAM_LIVE,
    formula: `
  let slope = g[i];
  let mean = m[i] * beta1 + slope * beta1Rest;
  let square = v[i] * beta2 + slope * slope * beta2Rest;
  m[i] = mean;
  v[i] = square;
  p[i] -= learningRate * (mean / correction1) / (sqrt(square / correction2) + epsilon);`,
  },
  DuelRmspropTogether: {
    memory: ["v"],
    reads: ["g"],
    live: RMSPROP_LIVE,
    formula: `
  let slope = g[i];
  let square = v[i] * decay + slope * slope * decayRest;
  v[i] = square;
  p[i] -= learningRate * slope / (sqrt(square) + epsilon);`,
  },
  DuelSgdTogether: {
    memory: ["m"],
    reads: ["g"],
    live: SGD_LIVE,
    formula: `
  let velocity = m[i] * momentum + g[i];
  m[i] = velocity;
  p[i] -= learningRate * velocity;`,
  },
  DuelNesterovTogether: {
    memory: ["m"],
    reads: ["g"],
    live: SGD_LIVE,
    formula: `
  let slope = g[i];
  let velocity = m[i] * momentum + slope;
  m[i] = velocity;
  p[i] -= learningRate * (slope + momentum * velocity);`,
  },
  DuelLionTogether: {
    memory: ["m"],
    reads: ["g"],
    live: LION_LIVE,
    formula: `
  let slope = g[i];
  let mean = m[i];
  p[i] -= learningRate * sign(mean * beta1 + slope * beta1Rest);
  m[i] = mean * beta2 + slope * beta2Rest;`,
  },
  DuelDecayTogether: {
    memory: [],
    reads: [],
    live: DECAY_LIVE,
    formula: `
  p[i] = p[i] * keep;`,
  },
  DuelBlendTogether: {
    memory: [],
    reads: ["g"],
    live: BLEND_LIVE,
    formula: `
  p[i] = p[i] * keep + g[i] * take;`,
  },
  DuelClipTogether: {
    memory: [],
    reads: [],
    live: CLIP_LIVE,
    formula: `
  p[i] = clamp(p[i], T(-limit), T(limit));`,
  },
} as const satisfies Readonly<Record<string, Update>>;

/** A shader has eight storage buffers at least: two parameters with two memories and a gradient each. */
const PARAMETERS_A_DISPATCH = 2;
const WORKGROUP_SIZE = 64;

interface UpdateParameters {
  readonly sizes: readonly number[];
}

function updateKernel(name: string, { memory, reads, live, formula }: Update): Kernel<UpdateParameters> {
  const inPlace = ["p", ...memory];
  return defineKernel(name, ({ sizes }) => {
    const elements = sizes.map((size) => (size % 4 === 0 ? "vec4f" : "f32"));
    const counts = sizes.map((size) => (size % 4 === 0 ? size / 4 : size));
    const shares = counts.map(dealOut);
    const declare = (names: readonly string[]) =>
      Object.fromEntries(
        elements.flatMap((element, order) =>
          names.map((buffer) => [`${buffer}${order}`, `${element}, ${String(counts[order])}`]),
        ),
      );
    const numbers = Object.keys(live).map((name) => `let ${name} = ${name}();`);
    const functions = elements.map((element, order) => {
      const body = [...inPlace, ...reads].reduce(
        (text, buffer) => text.replaceAll(`${buffer}[`, `${buffer}${order}[`),
        formula.replaceAll("T(", `${element}(`),
      );
      return `fn update${order}(thread: u32) {
  ${numbers.join(" ")}
  ${present(shares[order], "a parameter's share").each(body)}
}`;
    });
    const first = present(shares[0], "a parameter's share").threads;
    const second = shares.length > 1 ? `if (i >= ${first}u) { update1(i - ${first}u); return; }` : "";
    return {
      writes: declare(inPlace),
      reads: declare(reads),
      live,
      threads: shares.reduce((sum, { threads }) => sum + threads, 0),
      workgroupSize: WORKGROUP_SIZE,
      code: `${functions.join("\n")}\nfn run(i: u32) { ${second} update0(i); }`,
    };
  });
}

/** Inputs are p0, m0, v0, g0, p1, …; the attribute `live` holds the numbers. */
function updateConfig(name: string, update: Update): KernelConfig {
  const kernel = updateKernel(name, update);
  const inPlace = ["p", ...update.memory];
  return {
    kernelName: name,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const { live } = attrs as unknown as { readonly live: LiveNumbers };
      const find = (buffer: string, order: number): TensorInfo =>
        present(inputs[`${buffer}${order}`], `${buffer} of parameter ${order}`);
      const count = Object.keys(inputs).length / (inPlace.length + update.reads.length);
      for (let first = 0; first < count; first += PARAMETERS_A_DISPATCH) {
        const orders = [first, first + 1].filter((order) => order < count);
        const sizes = orders.map((order) => find("p", order).shape.reduce((product, size) => product * size, 1));
        const written = orders.flatMap((order) => inPlace.map((buffer) => find(buffer, order)));
        const read = orders.flatMap((order) => update.reads.map((buffer) => find(buffer, order)));
        kernel.run({ sizes }, [...written, ...read], live);
      }
      return [];
    },
  };
}

/** Brings the updates to the WebGPU backend. */
export function registerUpdates(): void {
  for (const [name, update] of Object.entries(UPDATES)) registerKernel(updateConfig(name, update));
}
