/** Counts the floating-point operations of a training step: those of its matrix products and convolutions, which are nearly all. */
import type { LayerConfig, NetworkConfig, TrainingConfig } from "../src/gan/config.ts";
import { sizeOf, type Layer, type Shape } from "../src/gan/layers/layer.ts";
import { makeLayer } from "../src/gan/layers/table.ts";

/** Multiply-adds of one image's pass through a network. */
interface Cost {
  readonly all: number;
  /** Those of the first layer that has any: no gradient by the network's input is needed there. */
  readonly first: number;
}

/**
 * Floating-point operations of one step, a multiply-add being two. A discriminator update is a pass of G, and of D two
 * passes with the gradients by its weights and, but for the first layer, by its inputs; a generator update is a pass of
 * both, the gradients of D by all its inputs, and those of G by its weights and inputs. Gradient penalties are not counted.
 */
export function flopOfStep(config: TrainingConfig, dataShape: Shape): number {
  const G = costOf(config.generator, [config.latentDim]);
  const D = costOf(config.discriminator, dataShape);
  const discriminatorUpdate = G.all + 2 * (D.all + D.all + (D.all - D.first));
  const generatorUpdate = G.all + D.all + D.all + G.all + (G.all - G.first);
  return (
    2 * config.batchSize * (config.discriminatorSteps * discriminatorUpdate + config.generatorSteps * generatorUpdate)
  );
}

function costOf(network: NetworkConfig, inputShape: Shape): Cost {
  const costs: number[] = [];
  let shape = inputShape;
  for (const config of network) {
    const layer = makeLayer(config.type, config, shape);
    costs.push(multiplyAdds(config.type, shape, layer));
    shape = layer.outputShape;
  }
  return { all: costs.reduce((sum, cost) => sum + cost, 0), first: costs.find((cost) => cost > 0) ?? 0 };
}

function multiplyAdds(type: LayerConfig["type"], inputShape: Shape, { parameters, outputShape }: Layer): number {
  const kernel = parameters.find(({ name }) => name === "kernel");
  if (kernel === undefined) return 0;
  // A kernel is applied at every place of the output; that of a transposed convolution, at every place of the input.
  const places = type === "conv2dTranspose" ? inputShape : outputShape;
  return sizeOf(kernel.shape) * sizeOf(places.slice(0, -1));
}
