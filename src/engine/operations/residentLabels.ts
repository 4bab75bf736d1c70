/** The labels of a data set beside its items, gathered on the device as they are. It must not know what the classes are. */
import { add, mul, tidy, type Tensor2D } from "@tensorflow/tfjs-core";
import { createResidentData, type LiveBatch } from "./residentData.ts";

export interface ResidentLabels {
  /** Adds labels after those already there, one byte for each item: its class, from 0. */
  append(labels: Uint8Array): void;
  /** The same batch, with labels. Whoever frees it frees both. */
  labelled(batch: LiveBatch, size: number): LiveBatch;
  dispose(): void;
}

/** Room for the labels of `capacity` items. They lie there as items of a byte for each class, full at the item's own. */
export function createResidentLabels(classes: number, capacity: number): ResidentLabels {
  const data = createResidentData([classes], capacity);
  return {
    append(labels) {
      const bytes = new Uint8Array(labels.length * classes);
      for (const [item, label] of labels.entries()) bytes[item * classes + label] = 255;
      data.append(bytes);
    },
    labelled(batch, size) {
      const labels = data.createBatch(size);
      return {
        choose(items) {
          batch.choose(items);
          labels.choose(items);
        },
        gather: () => batch.gather(),
        // Bytes are gathered as numbers from −1 to 1.
        gatherLabels: () => tidy(() => mul<Tensor2D>(add(labels.gather(), 1), 0.5)),
        dispose() {
          batch.dispose();
          labels.dispose();
        },
      };
    },
    dispose() {
      data.dispose();
    },
  };
}
