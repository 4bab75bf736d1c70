/**
 * The nearest ways to make an impossible network possible. Every repair that is offered was tried on the shapes: the network
 * gets further with it. It makes no tensors and changes nothing by itself.
 */
import type { LayerConfig, NetworkConfig, Phase } from "./config.ts";
import { sizeOf, type Shape } from "./layers/layerShape.ts";
import { describeNetworks, type NetworkDescription, type ShapedConfig } from "./networkShape.ts";

export interface Repair {
  /** What it does, as a button says it. */
  readonly label: string;
  readonly network: NetworkConfig;
}

/** More would be a list to study, not a way out. */
const MOST_REPAIRS = 3;

/**
 * Repairs of one player's network, those that settle everything first; none where nothing is wrong. `classes` is how many
 * the data has.
 */
export function repairNetwork(player: Phase, config: ShapedConfig, dataShape: Shape, classes = 0): readonly Repair[] {
  const network = config[player];
  const described = describeNetworks(config, dataShape, classes)[player];
  if (described.problem === null) return [];
  const left = layersLeft(network, described);
  const tried = candidates(player, network, described, dataShape).map((repair) => {
    const after = describeNetworks({ ...config, [player]: repair.network }, dataShape, classes)[player];
    return { repair, left: layersLeft(repair.network, after) };
  });
  return tried
    .filter((one) => one.left < left)
    .toSorted((one, other) => Math.sign(one.left + 1) - Math.sign(other.left + 1))
    .map(({ repair }) => repair)
    .filter(({ label }, index, all) => all.findIndex((other) => other.label === label) === index)
    .slice(0, MOST_REPAIRS);
}

/** Layers that nobody can say the shape of; −1 where the network is sound. */
function layersLeft(network: NetworkConfig, { layers, problem }: NetworkDescription): number {
  return problem === null ? -1 : network.length - layers.length;
}

function candidates(
  player: Phase,
  network: NetworkConfig,
  described: NetworkDescription,
  dataShape: Shape,
): readonly Repair[] {
  const index = described.layers.length;
  const layer = network[index];
  const shape = described.layers.at(-1)?.outputShape ?? described.inputShape;
  if (layer !== undefined) return forMisfit(network, index, layer, shape, dataShape);
  return player === "generator" ? forGeneratorEnd(network, shape, dataShape) : forDiscriminatorEnd(network, shape);
}

/** A layer that cannot take what it gets. */
function forMisfit(
  network: NetworkConfig,
  index: number,
  layer: LayerConfig,
  shape: Shape,
  dataShape: Shape,
): readonly Repair[] {
  const repairs: Repair[] = [];
  if (shape.length > 1) repairs.push(insertion(network, index, { type: "flatten" }));
  if (layer.type === "reshape") {
    const size = sizeOf(layer.targetShape);
    repairs.push(...withUnits(network, index, size));
    const fitting = channelsFor(layer.targetShape, sizeOf(shape));
    if (fitting !== null) repairs.push(replacement(network, index, { ...layer, targetShape: fitting }));
  } else if (shape.length === 1) {
    for (const image of imagesOfSize(sizeOf(shape), dataShape)) {
      repairs.push(insertion(network, index, { type: "reshape", targetShape: image }));
    }
  }
  repairs.push({ label: `Remove layer ${String(index)} (${layer.type})`, network: network.toSpliced(index, 1) });
  return repairs;
}

/** A generator whose last layer makes something else than data. */
function forGeneratorEnd(network: NetworkConfig, shape: Shape, dataShape: Shape): readonly Repair[] {
  const size = sizeOf(dataShape);
  const end: LayerConfig = { type: "reshape", targetShape: [...dataShape] };
  const repairs: Repair[] = [];
  if (network.length > 0 && sizeOf(shape) === size) repairs.push(appended(network, end));
  repairs.push(...withFilters(network, dataShape));
  for (const { label, network: fixed } of withUnits(network, network.length, size)) {
    const last = fixed.at(-1);
    if (dataShape.length === 1) repairs.push({ label, network: fixed });
    else if (last?.type === "reshape") repairs.push({ label, network: fixed.with(-1, end) });
    else repairs.push({ label: `${label}, and reshape them to ${times(dataShape)}`, network: [...fixed, end] });
  }
  repairs.push(...withStart(network, shape, dataShape), ...enlarged(network, shape, dataShape));
  const flat: NetworkConfig = shape.length > 1 ? [{ type: "flatten" }] : [];
  const dense: LayerConfig = { type: "dense", units: size, useBias: true };
  repairs.push({
    label:
      dataShape.length > 1
        ? `Append a dense layer and a reshape to ${times(dataShape)}`
        : `Append a dense layer of ${String(size)} units`,
    network: [...network, ...flat, dense, ...(dataShape.length > 1 ? [end] : [])],
  });
  return repairs;
}

/** A discriminator whose last layer makes no logit. */
function forDiscriminatorEnd(network: NetworkConfig, shape: Shape): readonly Repair[] {
  const last = network.at(-1);
  const repairs: Repair[] = [];
  const index = network.length - 1;
  if (last !== undefined && shape.length === 1 && shape[0] === 1 && last.type !== "dense") {
    repairs.push({ label: `Remove the last layer (${last.type})`, network: network.slice(0, -1) });
  }
  if (last?.type === "dense") repairs.push(unitsAt(network, index, 1));
  const flat: NetworkConfig = shape.length > 1 ? [{ type: "flatten" }] : [];
  const words = flat.length > 0 ? "Append a flatten and a dense layer of one unit" : "Append a dense layer of one unit";
  repairs.push({ label: words, network: [...network, ...flat, { type: "dense", units: 1, useBias: true }] });
  return repairs;
}

function insertion(network: NetworkConfig, index: number, layer: LayerConfig): Repair {
  return {
    label: `Insert a ${nameOf(layer)} before layer ${String(index)}`,
    network: network.toSpliced(index, 0, layer),
  };
}

function replacement(network: NetworkConfig, index: number, layer: LayerConfig): Repair {
  return { label: `Make layer ${String(index)} a ${nameOf(layer)}`, network: network.with(index, layer) };
}

function appended(network: NetworkConfig, layer: LayerConfig): Repair {
  return { label: `Append a ${nameOf(layer)}`, network: [...network, layer] };
}

function nameOf(layer: LayerConfig): string {
  return layer.type === "reshape" ? `reshape to ${times(layer.targetShape)}` : layer.type;
}

function times(shape: Shape): string {
  return shape.join(" × ");
}

function unitsAt(network: NetworkConfig, index: number, units: number): Repair {
  const changed = network.map((layer, at) => (at === index && layer.type === "dense" ? { ...layer, units } : layer));
  const noun = units === 1 ? "unit" : "units";
  return { label: `Give layer ${String(index)} ${String(units)} ${noun}`, network: changed };
}

/** The last dense layer before a place with as many units as are needed there. */
function withUnits(network: NetworkConfig, before: number, units: number): readonly Repair[] {
  const index = network.slice(0, before).findLastIndex(({ type }) => type === "dense");
  return index < 0 ? [] : [unitsAt(network, index, units)];
}

/** The last convolution with as many filters as the data has channels. */
function withFilters(network: NetworkConfig, dataShape: Shape): readonly Repair[] {
  const filters = dataShape[2];
  const index = network.findLastIndex((layer) => "filters" in layer);
  const layer = network[index];
  if (filters === undefined || layer === undefined || !("filters" in layer)) return [];
  return [
    {
      label: `Give layer ${String(index)} ${String(filters)} ${filters === 1 ? "filter" : "filters"}`,
      network: network.with(index, { ...layer, filters }),
    },
  ];
}

/** The first image of the generator larger or smaller, so that the last one has the size of the data. */
function withStart(network: NetworkConfig, shape: Shape, dataShape: Shape): readonly Repair[] {
  const index = network.findIndex(({ type }) => type === "reshape");
  const start = network[index];
  const dense = network.slice(0, Math.max(0, index)).findLastIndex(({ type }) => type === "dense");
  if (start?.type !== "reshape" || dense < 0 || shape.length !== 3 || dataShape.length !== 3) return [];
  const [height = 1, width = 1, channels = 1] = start.targetShape;
  const target = [
    (height * (dataShape[0] ?? 1)) / (shape[0] ?? 1),
    (width * (dataShape[1] ?? 1)) / (shape[1] ?? 1),
    channels,
  ];
  if (!target.every((side) => Number.isInteger(side) && side > 0)) return [];
  const begun = unitsAt(network, dense, sizeOf(target)).network.with(index, { ...start, targetShape: target });
  const label = `Begin with an image of ${times(target)}`;
  const [coloured] = withFilters(begun, dataShape);
  return [
    { label, network: begun },
    ...(coloured === undefined
      ? []
      : [{ label: `${label}, end with ${String(dataShape[2])} channels`, network: coloured.network }]),
  ];
}

/** An enlargement before the last convolution, by what is missing of the data's size. */
function enlarged(network: NetworkConfig, shape: Shape, dataShape: Shape): readonly Repair[] {
  const size = (dataShape[0] ?? 0) / (shape[0] ?? 1);
  const index = network.findLastIndex((layer) => "filters" in layer);
  if (shape.length !== 3 || index < 0 || !Number.isInteger(size) || size < 2 || size > 8) return [];
  return [insertion(network, index, { type: "upSampling2d", size })];
}

/** A shape with the same sides and as many channels as make up a size; null where none do. */
function channelsFor(shape: Shape, size: number): number[] | null {
  const sides = shape.length === 3 ? shape.slice(0, 2) : [];
  const channels = size / sizeOf(sides);
  return Number.isInteger(channels) ? [...sides, channels] : null;
}

/** Images of a size, as large as the data, half as large, and so on. */
function imagesOfSize(size: number, dataShape: Shape): readonly number[][] {
  const images: number[][] = [];
  let [height = 1, width = 1] = dataShape.length === 3 ? dataShape : [];
  while (Number.isInteger(height) && Number.isInteger(width)) {
    if (size % (height * width) === 0) images.push([height, width, size / (height * width)]);
    if (height === 1 || width === 1) break;
    height /= 2;
    width /= 2;
  }
  return images.toReversed();
}
