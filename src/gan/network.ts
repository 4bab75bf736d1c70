/** A network built from its config: named weights and the pass through them. It must not know losses or optimisers. */
import { dispose, mul, tensor, tidy, variable, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { LINEAR } from "../engine/operations/activations.ts";
import type { DropoutMasks } from "../engine/operations/dropout.ts";
import { present } from "../shared/invariant.ts";
import { normal, uniform, type RandomKey } from "../shared/random.ts";
import type { LayerConfig, NetworkConfig, Phase } from "./config.ts";
import type { ForwardContext, Layer } from "./layers/layer.ts";
import { sizeOf, type Initializer, type ParameterSpec, type Shape } from "./layers/layerShape.ts";
import { makeLayer } from "./layers/table.ts";
import { describeNetwork, refuse } from "./networkShape.ts";

export interface Network {
  readonly player: Phase;
  readonly inputShape: Shape;
  readonly layers: readonly PlacedLayer[];
  /** A second layer over what the last one gets, or null; its weights are named "head.kernel" and so on. */
  readonly head: Layer | null;
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

/**
 * Infers every shape and draws the initial weights from the seed. `head` describes the second layer over what the last one
 * gets, if there is one. Throws a NetworkError where shapes do not fit.
 */
export function buildNetwork(
  player: Phase,
  config: NetworkConfig,
  inputShape: Shape,
  seed: number,
  head: LayerConfig | null = null,
): Network {
  refuse(player, describeNetwork(player, config, inputShape, head));
  const layers = placeLayers(config, inputShape);
  const placedHead = head && makeLayer(head.type, head, layers.at(-2)?.outputShape ?? inputShape);
  const weights = new Map<string, Variable>();
  const draw = (name: string, layer: Layer, place: number) => {
    for (const [order, spec] of layer.parameters.entries()) {
      const key = { seed, stream: "initialWeights", draw: initialDraw(player, place, order) } as const;
      weights.set(`${name}.${spec.name}`, initialWeight(spec, key));
    }
  };
  for (const layer of layers) draw(String(layer.index), layer, layer.index);
  if (placedHead !== null) draw("head", placedHead, HEAD_PLACE);
  const parameters = [...weights.values()].filter((weight) => weight.trainable);
  const network = { player, inputShape, layers, head: placedHead, weights, parameters };
  for (let time = 0; time < FIRST_ADVANCES; time++) advanceNetwork(network);
  return network;
}

/** Where a head's weights are drawn: after all layers that there can be. */
const HEAD_PLACE = 64;

/** Steps of power iteration before the first update, as in PyTorch: vectors drawn at random say nothing of a kernel yet. */
const FIRST_ADVANCES = 15;

/** What layers do once before every update of their network: spectral norms take a step of power iteration. */
export function advanceNetwork(network: Network): void {
  for (const [index, layer] of network.layers.entries()) layer.advance?.(weightsOf(network, index));
  network.head?.advance?.(weightsOf(network, "head"));
}

/** Finds a weight of a layer by its name there. */
function weightsOf({ weights }: Network, layer: number | "head"): (name: string) => Variable {
  return (name) => present(weights.get(`${String(layer)}.${name}`), `the weight ${name}`);
}

function placeLayers(config: NetworkConfig, inputShape: Shape): readonly PlacedLayer[] {
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
  return through(network, input, pass, 0, network.layers.length);
}

/** What a dense or convolutional layer multiplies by, as it stands; null for other layers. Call it within a tidy. */
export function kernelOf(network: Network, index: number): Tensor | null {
  return network.layers[index]?.kernel?.(weightsOf(network, index)) ?? null;
}

/** What one layer makes of what it gets, for those who want to look at each: an activation is a layer of its own here. */
export function forwardLayer(network: Network, index: number, input: Tensor, pass: Pass): Tensor {
  return through(network, input, pass, index, index + 1);
}

/** What `forward` gives, and what the network's head makes of what the last layer gets. */
export function forwardWithHead(network: Network, input: Tensor, pass: Pass): { output: Tensor; head: Tensor } {
  const last = network.layers.length - 1;
  const features = through(network, input, pass, 0, last);
  const head = present(network.head, "the head of the network");
  return {
    output: through(network, features, pass, last, last + 1),
    head: head.forward(features, weightsOf(network, "head"), contextOf(pass, last), LINEAR),
  };
}

/** The layers from `first` on, up to the one before `end`. */
function through(network: Network, input: Tensor, pass: Pass, first: number, end: number): Tensor {
  let x = input;
  let fused = false;
  for (const layer of network.layers.slice(first, end)) {
    if (fused) {
      fused = false;
      continue;
    }
    const next = network.layers[layer.index + 1]?.activation;
    fused = layer.takesActivation === true && next !== undefined && layer.index + 1 < end;
    const activation = fused && next !== undefined ? next : LINEAR;
    x = layer.forward(x, weightsOf(network, layer.index), contextOf(pass, layer.index), activation);
  }
  return x;
}

function contextOf({ training, batches, dropoutMasks }: Pass, layerIndex: number): ForwardContext {
  return { training, batches, dropoutMasks: dropoutMasks?.(layerIndex) ?? null };
}

/** The same network with weights of its own, which no optimiser moves. */
export function copyNetwork(network: Network): Network {
  const copies = [...network.weights].map(([name, weight]): [string, Variable] => [
    name,
    // A clone would share the numbers, which change in place.
    tidy(() => variable(mul(weight, 1), false)),
  ]);
  return { ...network, weights: new Map(copies), parameters: [] };
}

export function disposeNetwork(network: Network): void {
  dispose([...network.weights.values()]);
}

/** Parameters of a network, those that training moves by gradients; running statistics are not counted. */
export interface NetworkSummary {
  readonly parameters: number;
  readonly layers: readonly { readonly type: string; readonly outputShape: Shape; readonly parameters: number }[];
}

export function summary({ layers, head }: Network): NetworkSummary {
  const rows = layers.map((layer) => rowOf(layer, layer.config.type));
  const all = head === null ? rows : [...rows, rowOf(head, "class head")];
  return { parameters: all.reduce((sum, layer) => sum + layer.parameters, 0), layers: all };
}

function rowOf({ outputShape, parameters }: Layer, type: string) {
  return {
    type,
    outputShape,
    parameters: parameters.reduce((sum, { shape, trainable }) => sum + (trainable ? sizeOf(shape) : 0), 0),
  };
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
