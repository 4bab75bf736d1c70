/**
 * What a network makes of its input, layer by layer, what each costs, and what is wrong with it. It makes no tensors, so
 * that the page can ask while a network is being built.
 */
import type { LayerConfig, LayerType, NetworkConfig, Phase, TrainingConfig } from "./config.ts";
import { discriminatorInputShape, generatorInputShape, headOf } from "./labelShapes.ts";
import { LAYER_CATALOGUE } from "./layers/catalogue.ts";
import { formatShape, ShapeError, sizeOf, type LayerShape, type Shape } from "./layers/layerShape.ts";
import { shapeLayer } from "./layers/shapes.ts";

export interface LayerDescription {
  readonly type: LayerType;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Numbers that training moves by gradients; running statistics are not counted. */
  readonly parameters: number;
  /** Those of one item's pass. */
  readonly multiplyAdds: number;
}

/** Why a network cannot be built: the first layer that does not fit, and a sentence on what it gets and needs. */
export interface NetworkProblem {
  readonly layerIndex: number;
  readonly message: string;
}

export interface NetworkDescription {
  readonly inputShape: Shape;
  /** The layers up to the first that does not fit. */
  readonly layers: readonly LayerDescription[];
  /** The second layer over what the last one gets, where there is one. */
  readonly head: LayerDescription | null;
  readonly problem: NetworkProblem | null;
}

/** A network that cannot be built; the message says which layer, what it gets and what it needs. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  constructor(
    readonly player: Phase,
    readonly layerIndex: number,
    message: string,
  ) {
    super(message);
  }
}

/** Throws what is wrong with a network as a NetworkError, if anything is. */
export function refuse(player: Phase, { problem }: NetworkDescription): void {
  if (problem !== null) throw new NetworkError(player, problem.layerIndex, problem.message);
}

/** "Layer 3 of the generator (dense)". Layers are counted from 0, as in the names of their weights. */
export function describeLayer(player: Phase, index: number, type: string): string {
  return `Layer ${String(index)} of the ${player} (${type})`;
}

/** Every shape of a network, whatever its output is meant to be, and of its head, if it has one. Never throws. */
export function describeNetwork(
  player: Phase,
  config: NetworkConfig,
  inputShape: Shape,
  head: LayerConfig | null = null,
): NetworkDescription {
  const layers: LayerDescription[] = [];
  let shape = inputShape;
  for (const [index, layer] of config.entries()) {
    const made = shapeOrProblem(layer, shape);
    if (typeof made === "string") {
      const where = describeLayer(player, index, layer.type);
      const message = `${where} gets ${formatShape(shape)} and ${made}.`;
      return { inputShape, layers, head: null, problem: { layerIndex: index, message } };
    }
    layers.push(describeLayerShape(layer, shape, made));
    shape = made.outputShape;
  }
  const features = layers.at(-1)?.inputShape ?? inputShape;
  const made = head === null ? null : shapeOrProblem(head, features);
  const description = { inputShape, layers, head: null, problem: null };
  if (head === null || made === null) return description;
  if (typeof made === "string") return { ...description, problem: problemOfHead(player, config) };
  return { ...description, head: describeLayerShape(head, features, made) };
}

function describeLayerShape({ type }: LayerConfig, inputShape: Shape, made: LayerShape): LayerDescription {
  const { outputShape, parameters, multiplyAdds } = made;
  const count = parameters.reduce((sum, spec) => sum + (spec.trainable ? sizeOf(spec.shape) : 0), 0);
  return { type, inputShape, outputShape, parameters: count, multiplyAdds };
}

function problemOfHead(player: Phase, config: NetworkConfig): NetworkProblem {
  const layerIndex = config.length - 1;
  const where = describeLayer(player, layerIndex, config[layerIndex]?.type ?? "");
  const message = `${where} is the last one, and the classes are told apart by what it gets: that must be flat, so end with a dense layer of one unit.`;
  return { layerIndex, message };
}

function shapeOrProblem(layer: LayerConfig, inputShape: Shape): LayerShape | string {
  try {
    return shapeLayer(layer.type, layer, inputShape);
  } catch (error) {
    if (error instanceof ShapeError) return error.message;
    throw error;
  }
}

/** The fields of a config that the shapes of its networks follow from. */
export type ShapedConfig = Pick<TrainingConfig, "latentDim" | "conditioning" | "generator" | "discriminator">;

/** The two networks and how much noise they begin with: what can be built. */
export type NetworkPair = Omit<ShapedConfig, "conditioning">;

/**
 * Both networks as a duel needs them: the generator makes data of a shape, the discriminator ends in one logit. `classes` is
 * how many the data has, whether or not the players are told.
 */
export function describeNetworks(
  config: ShapedConfig,
  dataShape: Shape,
  classes = 0,
): Readonly<Record<Phase, NetworkDescription>> {
  const generator = describeNetwork("generator", config.generator, generatorInputShape(config, classes));
  const judgedShape = discriminatorInputShape(config, dataShape, classes);
  const discriminator = describeNetwork("discriminator", config.discriminator, judgedShape, headOf(config, classes));
  if (config.conditioning !== null && classes === 0) {
    return { generator, discriminator: { ...discriminator, problem: WITHOUT_CLASSES } };
  }
  return {
    generator: { ...generator, problem: generator.problem ?? problemOfGenerator(generator, dataShape) },
    discriminator: { ...discriminator, problem: discriminator.problem ?? problemOfDiscriminator(discriminator) },
  };
}

const WITHOUT_CLASSES: NetworkProblem = {
  layerIndex: 0,
  message: "The players are to be told classes, but this data set has none; set Conditioning to “Not told”.",
};

function problemOfGenerator({ layers }: NetworkDescription, dataShape: Shape): NetworkProblem | null {
  const [last, layerIndex] = [layers.at(-1), layers.length - 1];
  if (last === undefined) return withoutLayers("generator");
  if (formatShape(last.outputShape) === formatShape(dataShape)) return null;
  const where = describeLayer("generator", layerIndex, last.type);
  const message = `${where} is the last one and makes ${formatShape(last.outputShape)}, but the data needs ${formatShape(dataShape)}; end with a layer of that shape, for example a reshape.`;
  return { layerIndex, message };
}

function problemOfDiscriminator({ layers }: NetworkDescription): NetworkProblem | null {
  const [last, layerIndex] = [layers.at(-1), layers.length - 1];
  if (last === undefined) return withoutLayers("discriminator");
  const where = describeLayer("discriminator", layerIndex, last.type);
  if (formatShape(last.outputShape) !== "[1]") {
    const message = `${where} is the last one and makes ${formatShape(last.outputShape)}, but a score is one number, [1]; end with a dense layer of one unit.`;
    return { layerIndex, message };
  }
  if (endsWithoutLogit(last.type)) {
    const message = `${where} is the last one, but the score must be a plain logit, which the loss itself turns into a probability; remove this layer.`;
    return { layerIndex, message };
  }
  return null;
}

function withoutLayers(player: Phase): NetworkProblem {
  return { layerIndex: 0, message: `The ${player} has no layers yet; add the first one.` };
}

function endsWithoutLogit(type: LayerType): boolean {
  return type === "dropout" || LAYER_CATALOGUE[type].group === "activation";
}
