/**
 * jax-js as a subject: the whole step, gradients and Adam included, compiled by `jit`. Images are [batch, channels,
 * height, width], its convolutions' layout. Unlike the others it keeps no running statistics, which spares it some work.
 * In jax-js an operation consumes its arguments; `.ref` is one more reference to an array.
 */
import {
  type Array as Tensor,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from "@jax-js/jax";
import type { Config, LayerConfig, NetworkConfig, Phase } from "../../src/gan/config.ts";
import { present } from "../../src/shared/invariant.ts";
import { describeAdapter } from "./adapter.ts";
import type { StartRequest } from "./contract.ts";
import { createHostBatches, NOISE } from "./images.ts";
import { adamOf, checkObjective } from "./objective.ts";
import { serve, type Subject } from "./subject.ts";

type Weights = Record<string, Tensor>;
type Forward = (weights: Weights, input: Tensor) => Tensor;

interface BuiltNetwork {
  readonly weights: Weights;
  readonly forward: Forward;
}

interface BuiltLayer {
  readonly outputShape: readonly number[];
  /** Names and shapes of its weights; those with a fan-in are drawn, the others start at their value. */
  readonly weights: Readonly<Record<string, { readonly shape: readonly number[]; readonly start: Start }>>;
  forward(weight: (name: string) => Tensor, input: Tensor): Tensor;
}

type Start = { readonly fanIn: number } | { readonly value: 0 | 1 };

/** Channels first, as everything here. */
function imageShape(shape: readonly number[]): readonly [channels: number, height: number, width: number] {
  const [channels, height, width] = shape;
  return [present(channels, "the channels"), present(height, "the height"), present(width, "the width")];
}

function biasOf(useBias: boolean, shape: readonly number[]): BuiltLayer["weights"] {
  return useBias ? { bias: { shape, start: { value: 0 } } } : {};
}

function unshaped(outputShape: readonly number[], forward: (x: Tensor) => Tensor): BuiltLayer {
  return { outputShape, weights: {}, forward: (_weight, x) => forward(x) };
}

function buildLayer(config: LayerConfig, inputShape: readonly number[], batchSize: number): BuiltLayer {
  const inputSize = inputShape.reduce((product, dimension) => product * dimension, 1);
  switch (config.type) {
    case "dense":
      return {
        outputShape: [config.units],
        weights: {
          kernel: { shape: [inputSize, config.units], start: { fanIn: inputSize } },
          ...biasOf(config.useBias, [config.units]),
        },
        forward: (weight, x) => {
          const product = np.dot(x, weight("kernel"));
          return config.useBias ? product.add(weight("bias")) : product;
        },
      };
    case "conv2d":
    case "conv2dTranspose":
      return buildConvolution(config, inputShape);
    case "batchNorm":
      return buildBatchNorm(inputShape);
    case "leakyReLU":
      return unshaped(inputShape, (x) => nn.leakyRelu(x, config.alpha));
    case "reLU":
      return unshaped(inputShape, (x) => nn.relu(x));
    case "tanh":
      return unshaped(inputShape, (x) => np.tanh(x));
    case "flatten":
      return unshaped([inputSize], (x) => x.reshape([batchSize, inputSize]));
    case "reshape": {
      const { targetShape } = config;
      const shape = targetShape.length === 3 ? [...targetShape.slice(2), ...targetShape.slice(0, 2)] : targetShape;
      return unshaped(shape, (x) => x.reshape([batchSize, ...shape]));
    }
    case "upSampling2d":
    case "averagePooling2d":
    case "globalSumPooling2d":
    case "residualBlock":
    case "layerNorm":
    case "instanceNorm":
    case "minibatchStdDev":
    case "sigmoid":
    case "dropout":
      throw new Error(`The benchmark has no ${config.type} layer for jax-js.`);
    default:
      return config satisfies never;
  }
}

function buildConvolution(
  config: Extract<LayerConfig, { readonly type: "conv2d" | "conv2dTranspose" }>,
  inputShape: readonly number[],
): BuiltLayer {
  const { type, filters, kernelSize, strides, useBias } = config;
  const [channels, height, width] = imageShape(inputShape);
  const transposed = type === "conv2dTranspose";
  const resized = (size: number) => (transposed ? size * strides : Math.ceil(size / strides));
  // The kernel of a transposed convolution is that of the convolution whose gradient it is.
  const kernelShape = transposed
    ? [channels, filters, kernelSize, kernelSize]
    : [filters, channels, kernelSize, kernelSize];
  return {
    outputShape: [filters, resized(height), resized(width)],
    weights: {
      kernel: { shape: kernelShape, start: { fanIn: channels * kernelSize * kernelSize } },
      ...biasOf(useBias, [filters, 1, 1]),
    },
    forward: (weight, x) => {
      const window = [strides, strides];
      const product = transposed
        ? lax.convTranspose(x, weight("kernel"), window, "SAME", { transposeKernel: true })
        : lax.convGeneralDilated(x, weight("kernel"), window, "SAME");
      return useBias ? product.add(weight("bias")) : product;
    },
  };
}

function buildBatchNorm(inputShape: readonly number[]): BuiltLayer {
  const channels = present(inputShape[0], "the channels");
  const shape = inputShape.length === 1 ? [channels] : [channels, 1, 1];
  const axes = inputShape.length === 1 ? [0] : [0, 2, 3];
  return {
    outputShape: inputShape,
    weights: { gamma: { shape, start: { value: 1 } }, beta: { shape, start: { value: 0 } } },
    forward: (weight, x) => {
      const centred = x.ref.sub(np.mean(x, axes, { keepdims: true }));
      const variance = np.mean(np.square(centred.ref), axes, { keepdims: true });
      return centred
        .div(np.sqrt(variance.add(1e-5)))
        .mul(weight("gamma"))
        .add(weight("beta"));
    },
  };
}

/** `firstKey` on, every weight is drawn with a key of its own. */
function buildNetwork(config: NetworkConfig, input: readonly number[], batch: number, firstKey: number): BuiltNetwork {
  const weights: Weights = {};
  const forwards: Forward[] = [];
  let shape = input;
  for (const [index, layerConfig] of config.entries()) {
    const layer = buildLayer(layerConfig, shape, batch);
    const nameOf = (name: string) => `${String(index)}.${name}`;
    for (const [name, { shape: weightShape, start }] of Object.entries(layer.weights)) {
      const key = random.key(firstKey + Object.keys(weights).length);
      weights[nameOf(name)] =
        "fanIn" in start
          ? random.normal(key, [...weightShape]).mul(1 / Math.sqrt(start.fanIn))
          : np.full([...weightShape], start.value);
    }
    forwards.push((all, x) => layer.forward((name) => present(all[nameOf(name)], name), x));
    shape = layer.outputShape;
  }
  return { weights, forward: (all, x) => forwards.reduce((value, forward) => forward(all, value), x) };
}

/** Mean binary cross-entropy of logits: max(l, 0) − l·t + log(1 + e^−|l|). */
function crossEntropy(logits: Tensor, target: number): Tensor {
  const linear = nn.relu(logits.ref).sub(logits.ref.mul(target));
  return np.mean(linear.add(np.log1p(np.exp(np.abs(logits).mul(-1)))));
}

/** One player's weights with Adam's two moments. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- jax-js takes no interface for a tree
type Player = { weights: Weights; m: Weights; v: Weights; count: Tensor };

function createPlayer(weights: Weights): Player {
  const zeros = () => tree.map((weight: Tensor) => np.zerosLike(weight.ref), weights);
  return { m: zeros(), v: zeros(), weights, count: np.array(0) };
}

function adam(config: Config, name: Phase) {
  const { learningRate, beta1, beta2 } = adamOf(config, name);
  return (player: Player, gradients: Weights): Player => {
    const count = player.count.add(1);
    const correction = (beta: number) => np.array(1).sub(np.exp(count.ref.mul(Math.log(beta))));
    const [first, second] = [correction(beta1), correction(beta2)];
    const m = tree.map((m: Tensor, g: Tensor) => m.mul(beta1).add(g.ref.mul(1 - beta1)), player.m, gradients);
    const v = tree.map((v: Tensor, g: Tensor) => v.mul(beta2).add(np.square(g).mul(1 - beta2)), player.v, gradients);
    const moved = (p: Tensor, m: Tensor, v: Tensor) =>
      p.sub(
        m.ref
          .div(first.ref)
          .mul(learningRate)
          .div(np.sqrt(v.ref.div(second.ref)).add(1e-8)),
      );
    const weights = tree.map(moved, player.weights, m, v);
    tree.dispose([first, second]);
    return { weights, m, v, count };
  };
}

type CompiledStep = (
  generator: Player,
  discriminator: Player,
  x: Tensor,
  zD: Tensor,
  zG: Tensor,
) => [Player, Player, lossD: Tensor, lossG: Tensor];

function compileStep(config: Config, G: Forward, D: Forward): CompiledStep {
  const discriminatorLoss = (weights: Weights, x: Tensor, fake: Tensor) =>
    crossEntropy(D(tree.ref(weights), x), config.labelSmoothing).add(crossEntropy(D(weights, fake), 0));
  const generatorLoss = (weights: Weights, judge: Weights, z: Tensor) => crossEntropy(D(judge, G(weights, z)), 1);
  const [updateGenerator, updateDiscriminator] = [adam(config, "generator"), adam(config, "discriminator")];

  const step: CompiledStep = (generator, discriminator, x, zD, zG) => {
    const fake = G(tree.ref(generator.weights), zD);
    const [lossD, gradientD] = valueAndGrad(discriminatorLoss)(tree.ref(discriminator.weights), x, fake);
    const newD = updateDiscriminator(discriminator, gradientD);
    const [lossG, gradientG] = valueAndGrad(generatorLoss)(tree.ref(generator.weights), tree.ref(newD.weights), zG);
    return [updateGenerator(generator, gradientG), newD, lossD, lossG];
  };
  return jit(step);
}

function isDevice(backend: string): backend is "webgpu" | "wasm" {
  return backend === "webgpu" || backend === "wasm";
}

/** Begins what is pending for an array. jax-js puts everything off until then, and gets slower the more has gathered. */
function dispatch(array: Tensor, backend: "webgpu" | "wasm"): void {
  if (backend === "webgpu") array.ref.gpuBufferSync();
  else array.ref.dataSync();
}

async function createJax({ config, backend }: StartRequest): Promise<Subject> {
  checkObjective(config);
  if (!isDevice(backend)) throw new Error(`jax-js is not measured on ${backend}.`);
  if (!(await init(backend)).includes(backend)) throw new Error(`jax-js does not start ${backend} here.`);
  defaultDevice(backend);
  const device =
    backend === "webgpu" ? await describeAdapter() : { device: "the processor", onProcessor: true as const };

  const { batchSize, latentDim } = config;
  const [height, width, channels] = NOISE.shape;
  if (channels !== 1)
    throw new Error("The batches are laid out channels last, which only for one channel is the same.");
  const G = buildNetwork(config.generator, [latentDim], batchSize, 1);
  const D = buildNetwork(config.discriminator, [channels, height, width], batchSize, 1000);
  const compiled = compileStep(config, G.forward, D.forward);
  const nextBatch = createHostBatches(batchSize);
  let draws = 0;
  const latents = () => random.normal(random.key(2000 + draws++), [batchSize, latentDim]);
  let players = [createPlayer(G.weights), createPlayer(D.weights)] as const;
  let losses: readonly Tensor[] = [];
  return {
    device,
    step() {
      for (const loss of losses) loss.dispose();
      const x = np.array(nextBatch()).reshape([batchSize, channels, height, width]);
      const [generator, discriminator, lossD, lossG] = compiled(...players, x, latents(), latents());
      players = [generator, discriminator];
      losses = [lossD, lossG];
      dispatch(lossG, backend);
    },
    async finish() {
      const read = (await Promise.all(losses.map((loss) => loss.ref.data()))) as readonly ArrayLike<number>[];
      return read.map((values) => values[0] ?? NaN);
    },
    matrices: null,
  };
}

serve(createJax);
