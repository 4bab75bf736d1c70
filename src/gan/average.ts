/**
 * The generator as it was on average: a moving average of its weights (Polyak and Juditsky 1992; in GANs Yazıcı et al. 2019),
 * which paints steadier images than the weights of any one step. It must not know who asks for images.
 */
import { createLiveNumbers, type LiveNumbers } from "../engine/liveNumbers.ts";
import { BLEND_LIVE, blendTogether } from "../engine/operations/blend.ts";
import { copyNetwork, disposeNetwork, type Network } from "./network.ts";

export interface Average {
  /**
   * The network with weights of its own, which change in place. Running statistics are averaged as the weights are, not
   * copied: they belong to activations that the averaged weights make, and lag as far behind.
   */
  readonly network: Network;
  /** The product of all decays so far, which stays right when the decay is changed on the way. */
  decayPower: number;
  readonly live: LiveNumbers<keyof typeof BLEND_LIVE>;
}

/** An average of nothing yet: until the first update it is the network as it stands. */
export function createAverage(network: Network): Average {
  return { network: copyNetwork(network), decayPower: 1, live: createLiveNumbers(BLEND_LIVE) };
}

/**
 * What the host does before `moveAverage`. The average forgets its start as Adam's moments do: it is Σ decayᵗ⁻ⁱ · weightsᵢ
 * over all updates so far, divided by Σ decayᵗ⁻ⁱ.
 */
export function advanceAverage(average: Average, decay: number): void {
  average.decayPower *= decay;
  const take = (1 - decay) / (1 - average.decayPower);
  average.live.set({ keep: 1 - take, take });
}

/** Takes in the network's weights and running statistics as they are now, in place. */
export function moveAverage({ network, live }: Average, { weights }: Network): void {
  blendTogether([...network.weights.values()], [...weights.values()], live);
}

export function disposeAverage({ network, live }: Average): void {
  disposeNetwork(network);
  live.dispose();
}
