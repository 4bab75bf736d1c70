/** The data sets that a config can name: a plain table, without any code that loads them. */
import type { DataSetName } from "../gan/config.ts";

export interface DataSetEntry {
  readonly label: string;
  /** Shape of one item, [height, width, channels]. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Items to train on. */
  readonly trainCount: number;
  /** Items kept apart. */
  readonly testCount: number;
  /** What one item is called, in the plural. */
  readonly items: string;
  readonly help: string;
  /** Who made it and under what licence it is passed on. */
  readonly attribution: string;
  /** Where the packed shards lie, relative to the page. */
  readonly folder: string;
}

export const DATA_SETS = {
  mnist: {
    label: "MNIST",
    shape: [28, 28, 1],
    trainCount: 60_000,
    testCount: 10_000,
    items: "handwritten digits",
    help: "60,000 handwritten digits, 28 × 28 pixels, grey. Small enough to learn in seconds, rich enough to go wrong.",
    attribution: "Yann LeCun and Corinna Cortes, commonly given as CC BY-SA 3.0",
    folder: "data/mnist",
  },
} as const satisfies Readonly<Record<DataSetName, DataSetEntry>>;
