/** The minibatch standard deviation layer: tells the discriminator how much the images of a batch differ. */
import { minibatchStdDev as minibatchStdDevOperation } from "../../engine/operations/minibatchStdDev.ts";
import { present } from "../../shared/invariant.ts";
import type { LayerRule } from "./layer.ts";
import { minibatchStdDevShape } from "./minibatchStdDev.shape.ts";

/** Without a groupSize the whole batch is one group. */
export const minibatchStdDev: LayerRule<"minibatchStdDev"> = (config, inputShape) => ({
  ...minibatchStdDevShape(config, inputShape),
  forward: (x, _weight, { batches }) => {
    const batch = present(x.shape[0], "the batch dimension") / batches;
    return minibatchStdDevOperation(x, groupOf(batch, config.groupSize));
  },
});

/** The largest group of at most that size into which a batch can be divided. */
function groupOf(batch: number, wanted: number | null): number {
  for (let size = Math.min(wanted ?? batch, batch); size > 1; size--) if (batch % size === 0) return size;
  return 1;
}
