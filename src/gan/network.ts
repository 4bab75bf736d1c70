/** A network built from its config: named weights and the pass through them. It must not know losses or optimisers. */
import { dispose, tensor, tidy, variable, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { LINEAR } from "../engine/operations/activations.ts";
import type { DropoutMasks } from "../engine/operations/dropout.ts";
import { present } from "../shared/invariant.ts";
import { normal, uniform, type RandomKey } from "../shared/random.ts";
import type { LayerConfig, NetworkConfig, Phase } from "./config.ts";
import type { Layer } from "./layers/layer.ts";
import { sizeOf, type Initializer, type ParameterSpec, type Shape } from "./layers/layerShape.ts";
import { makeLayer } from "./layers/table.ts";
import { describeNetwork, refuse } from "./networkShape.ts";

export interface Network {
  readonly player: Phase;
  readonly inputShape: Shape;
  readonly layers: readonly PlacedLayer[];
  /** Every weight and running statistic by its name, such as "0.kernel" or "1.movingMean". */
  readonly weights: ReadonlyMap<string, Variable>;
  /** The weights that an optimiser moves, in the order of their layers. */
  readonly parameters: readonly Variable[];
}

/** A layer at its place in the network. */
export interface PlacedLayer extends Layer {
  readonly index: number;
  readonly config: LayerConfig;
}

/** Infers every shape and draws the initial weights from the seed. Throws a NetworkError where shapes do not fit. */
export function buildNetwork(player: Phase, config: NetworkConfig, inputShape: Shape, seed: number): Network {
  const layers = placeLayers(player, config, inputShape);
  const weights = new Map<string, Variable>();
  for (const { index, parameters } of layers) {
    for (const [order, spec] of parameters.entries()) {
      const draw = initialDraw(player, index, order);
      weights.set(`${String(index)}.${spec.name}`, initialWeight(spec, { seed, stream: "initialWeights", draw }));
    }
  }
  const parameters = [...weights.values()].filter((weight) => weight.trainable);
  const network = { player, inputShape, layers, weights, parameters };
  for (let time = 0; time < FIRST_ADVANCES; time++) advanceNetwork(network);
  return network;
}

/** Steps of power iteration before the first update, as in PyTorch: vectors drawn at random say nothing of a kernel yet. */
const FIRST_ADVANCES = 15;

/** What layers do once before every update of their network: spectral norms take a step of power iteration. */
export function advanceNetwork(network: Network): void {
  for (const [index, layer] of network.layers.entries()) layer.advance?.(weightsOf(network, index));
}

/** Finds a weight of a layer by its name there. */
function weightsOf({ weights }: Network, index: number): (name: string) => Variable {
  return (name) => present(weights.get(`${String(index)}.${name}`), `the weight ${name}`);
}

function placeLayers(player: Phase, config: NetworkConfig, inputShape: Shape): readonly PlacedLayer[] {
  refuse(player, describeNetwork(player, config, inputShape));
  const layers: PlacedLayer[] = [];
  let shape = inputShape;
  for (const [index, layerConfig] of config.entries()) {
    const layer = makeLayer(layerConfig.type, layerConfig, shape);
    layers.push({ ...layer, index, config: layerConfig });
    shape = layer.outputShape;
  }
  return layers;
}

/**
 * Every weight has a draw of its own: the player in the highest bit, then the layer, then the parameter. Those of layers that
 * are made of others, which have more than eight, come after all the rest.
 */
function initialDraw(player: Phase, layerIndex: number, order: number): number {
  const place = order < 8 ? layerIndex * 8 + order : 8192 + layerIndex * 64 + order;
  return (player === "generator" ? 0 : 4096) + place;
}

function initialWeight({ shape, initializer, trainable }: ParameterSpec, key: RandomKey): Variable {
  const values = initialNumbers(initializer, shape, key);
  return tidy(() => variable(tensor(values, [...shape]), trainable));
}

function initialNumbers(initializer: Initializer, shape: Shape, key: RandomKey): Float32Array<ArrayBuffer> {
  switch (initializer) {
    case "glorotUniform":
      return glorotUniform(shape, key);
    case "normal":
      return normal(key, sizeOf(shape));
    case "zeros":
      return new Float32Array(sizeOf(shape));
    case "ones":
      return new Float32Array(sizeOf(shape)).fill(1);
    default:
      return initializer satisfies never;
  }
}

/** Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010, equation 16). */
function glorotUniform(shape: Shape, key: RandomKey): Float32Array<ArrayBuffer> {
  const receptiveField = sizeOf(shape.slice(0, -2));
  const fans = receptiveField * shape.slice(-2).reduce((sum, dimension) => sum + dimension, 0);
  const limit = Math.sqrt(6 / fans);
  return uniform(key, sizeOf(shape)).map((draw) => limit * (2 * draw - 1));
}

/** How a pass is made; `dropoutMasks` names those of each layer. */
export interface Pass {
  readonly training: boolean;
  /** How many batches the input holds, one after the other; batch norm sees each alone. */
  readonly batches: number;
  readonly dropoutMasks: ((layerIndex: number) => DropoutMasks) | null;
}

/** Shown and measured images: running statistics, no dropout. */
export const EVALUATION: Pass = { training: false, batches: 1, dropoutMasks: null };

/** [batch, ...inputShape] → [batch, ...outputShape]. An activation goes into the kernel of the layer before it. */
export function forward(network: Network, input: Tensor, pass: Pass): Tensor {
  let x = input;
  let fused = false;
  for (const [index, layer] of network.layers.entries()) {
    if (fused) {
      fused = false;
      continue;
    }
    const next = network.layers[index + 1]?.activation;
    fused = layer.takesActivation === true && next !== undefined;
    const { training, batches } = pass;
    const context = { training, batches, dropoutMasks: pass.dropoutMasks?.(index) ?? null };
    x = layer.forward(x, weightsOf(network, index), context, fused && next !== undefined ? next : LINEAR);
  }
  return x;
}

export function disposeNetwork(network: Network): void {
  dispose([...network.weights.values()]);
}

/** Parameters of a network, those that training moves by gradients; running statistics are not counted. */
export interface NetworkSummary {
  readonly parameters: number;
  readonly layers: readonly { readonly type: string; readonly outputShape: Shape; readonly parameters: number }[];
}

export function summary(network: Network): NetworkSummary {
  const layers = network.layers.map(({ config, outputShape, parameters }) => ({
    type: config.type,
    outputShape,
    parameters: parameters.reduce((sum, { shape, trainable }) => sum + (trainable ? sizeOf(shape) : 0), 0),
  }));
  return { parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0), layers };
}

/** FNV-1a over 32-bit words (Fowler, Noll and Vo), with a start of its own for each half of the fingerprint. */
function hashWords(words: Uint32Array, start: number): number {
  let hash = start;
  for (const word of words) hash = Math.imul(hash ^ word, 16777619);
  return hash >>> 0;
}

/**
 * A short hexadecimal hash of all weights that an optimiser moves: equal exactly as long as none has moved. Running
 * statistics are left out, because a discriminator's move while the generator learns.
 */
export async function fingerprint(network: Network): Promise<string> {
  let [first, second] = [2166136261, 84696351];
  for (const parameter of network.parameters) {
    const values = (await parameter.data()) as Float32Array;
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
    [first, second] = [hashWords(words, first), hashWords(words, second)];
  }
  return [first, second].map((half) => half.toString(16).padStart(8, "0")).join("");
}
