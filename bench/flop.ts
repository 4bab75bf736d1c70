/** Counts the floating-point operations of a training step: those of its matrix products and convolutions, which are nearly all. */
import type { TrainingConfig } from "../src/gan/config.ts";
import type { Shape } from "../src/gan/layers/layerShape.ts";
import { describeNetworks, type NetworkDescription } from "../src/gan/networkShape.ts";

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
  const described = describeNetworks(config, dataShape);
  const G = costOf(described.generator);
  const D = costOf(described.discriminator);
  const discriminatorUpdate = G.all + 2 * (D.all + D.all + (D.all - D.first));
  const generatorUpdate = G.all + D.all + D.all + G.all + (G.all - G.first);
  return (
    2 * config.batchSize * (config.discriminatorSteps * discriminatorUpdate + config.generatorSteps * generatorUpdate)
  );
}

function costOf({ layers }: NetworkDescription): Cost {
  const costs = layers.map(({ multiplyAdds }) => multiplyAdds);
  return { all: costs.reduce((sum, cost) => sum + cost, 0), first: costs.find((cost) => cost > 0) ?? 0 };
}
