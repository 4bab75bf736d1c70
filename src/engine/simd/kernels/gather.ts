/** Batches gathered from the bytes of a data set that stay in the memory. */
import { util } from "@tensorflow/tfjs-core";
import { present } from "../../../shared/invariant.ts";
import * as op from "../opcodes.ts";
import { input, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";

/** Inputs are the places of the items, [batch] 32-bit integers, and the bytes, both written by the host. */
export const gather: SimdKernel = {
  name: "DuelGather",
  run({ inputs, attrs, backend }) {
    const [items, words] = [input(inputs, "items"), input(inputs, "words")];
    const { itemShape } = attrs as unknown as { readonly itemShape: readonly number[] };
    const batch = present(items.shape[0], "the batch dimension");
    const size = util.sizeFromShape([...itemShape]);
    const out = backend.make([batch, ...itemShape]);
    const perTask = shareOf(batch, wantedTasks(batch * size, backend.threads), 1);
    const addresses = [words, items, out].map((tensor) => backend.address(tensor));
    backend.perform(op.GATHER, Math.ceil(batch / perTask), [...addresses, size, batch, perTask]);
    return out;
  },
};
