/**
 * Stock TensorFlow.js as a subject, written as its own examples are: networks of tf.layers, Adam by `minimize`, noise and
 * batches from the host. It must not touch anything of Duel's engine.
 */
import * as tf from "@tensorflow/tfjs-core";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import { layers, sequential, type LayersModel } from "@tensorflow/tfjs-layers";
import type { Config, LayerConfig, NetworkConfig } from "../../src/gan/config.ts";
import { describeAdapter } from "./adapter.ts";
import type { StartRequest } from "./contract.ts";
import { createHostBatches, NOISE } from "./images.ts";
import { adamOf, checkObjective } from "./objective.ts";
import { serve, type Subject } from "./subject.ts";

/** The bundler finds these by their literal form. */
const MODULES = {
  "tfjs-backend-wasm.wasm": new URL("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm", import.meta.url),
  "tfjs-backend-wasm-simd.wasm": new URL(
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
    import.meta.url,
  ),
  "tfjs-backend-wasm-threaded-simd.wasm": new URL(
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm",
    import.meta.url,
  ),
};

async function start(backend: string, threads: number | null): Promise<Subject["device"]> {
  setWasmPaths(Object.fromEntries(Object.entries(MODULES).map(([name, url]) => [name, url.href])));
  if (threads !== null) setThreadsCount(threads);
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js does not start ${backend} here.`);
  await tf.ready();
  return backend === "webgpu" ? describeAdapter() : { device: "the processor", onProcessor: true };
}

function layerOf(config: LayerConfig) {
  switch (config.type) {
    case "dense":
      return layers.dense({ units: config.units, useBias: config.useBias });
    case "conv2d":
    case "conv2dTranspose": {
      const { type, filters, kernelSize, strides, useBias } = config;
      return layers[type]({ filters, kernelSize, strides, useBias, padding: "same" });
    }
    case "batchNorm":
      return layers.batchNormalization({ epsilon: 1e-5, momentum: 0.9 });
    case "leakyReLU":
      return layers.leakyReLU({ alpha: config.alpha });
    case "reLU":
      return layers.reLU();
    case "tanh":
      return layers.activation({ activation: "tanh" });
    case "flatten":
      return layers.flatten();
    case "reshape":
      return layers.reshape({ targetShape: [...config.targetShape] });
    case "upSampling2d":
    case "averagePooling2d":
    case "globalSumPooling2d":
    case "residualBlock":
    case "layerNorm":
    case "instanceNorm":
    case "minibatchStdDev":
    case "sigmoid":
    case "dropout":
      throw new Error(`The benchmark has no ${config.type} layer for TensorFlow.js.`);
    default:
      return config satisfies never;
  }
}

function networkOf(config: NetworkConfig, inputShape: readonly number[]): LayersModel {
  const network = sequential();
  network.add(layers.inputLayer({ inputShape: [...inputShape] }));
  for (const layer of config) network.add(layerOf(layer));
  return network;
}

/** The variables behind a model's weights, which `read` hands out as tensors. */
function variablesOf(network: LayersModel): tf.Variable[] {
  return network.trainableWeights.map((weight) => {
    const value = weight.read();
    if (isVariable(value)) return value;
    throw new Error(`The weight ${weight.name} is no variable.`);
  });
}

function isVariable(value: tf.Tensor): value is tf.Variable {
  return value instanceof tf.Variable;
}

function pass(network: LayersModel, input: tf.Tensor): tf.Tensor {
  return network.apply(input, { training: true }) as tf.Tensor;
}

function crossEntropy(logits: tf.Tensor, target: number): tf.Scalar {
  return tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, target), logits);
}

/** A function that makes one step and gives both losses. */
function createStep(config: Config): () => tf.Scalar[] {
  const { batchSize, latentDim, labelSmoothing } = config;
  const G = networkOf(config.generator, [latentDim]);
  const D = networkOf(config.discriminator, NOISE.shape);
  const optimizers = { D: adam(config, "discriminator"), G: adam(config, "generator") };
  const variables = { D: variablesOf(D), G: variablesOf(G) };
  const nextBatch = createHostBatches(batchSize);
  return () =>
    tf.tidy(() => {
      const x = tf.tensor(nextBatch(), [batchSize, ...NOISE.shape]);
      const fake = pass(G, tf.randomNormal([batchSize, latentDim]));
      const discriminatorLoss = optimizers.D.minimize(
        () => tf.add(crossEntropy(pass(D, x), labelSmoothing), crossEntropy(pass(D, fake), 0)),
        true,
        variables.D,
      );
      const z = tf.randomNormal([batchSize, latentDim]);
      const generatorLoss = optimizers.G.minimize(() => crossEntropy(pass(D, pass(G, z)), 1), true, variables.G);
      return [discriminatorLoss, generatorLoss].filter((loss) => loss !== null);
    });
}

function adam(config: Config, player: "generator" | "discriminator"): tf.Optimizer {
  const { learningRate, beta1, beta2 } = adamOf(config, player);
  return tf.train.adam(learningRate, beta1, beta2, 1e-8);
}

async function createStock({ config, backend, threads }: StartRequest): Promise<Subject> {
  checkObjective(config);
  const device = await start(backend, threads);
  const makeStep = createStep(config);
  let losses: tf.Scalar[] = [];
  return {
    device,
    step() {
      tf.dispose(losses);
      losses = makeStep();
    },
    async finish() {
      const read = await Promise.all(losses.map((loss) => loss.data()));
      return read.map(([loss]) => loss ?? NaN);
    },
    matrices: null,
  };
}

serve(createStock);
