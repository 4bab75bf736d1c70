/** The data sets that a config can name: a plain table, without any code that loads them. */
import type { DataSetName, PointSetName } from "../gan/config.ts";

export type ImageSetName = Exclude<DataSetName, PointSetName>;

interface DataSetFacts {
  readonly label: string;
  /** Items to train on. */
  readonly trainCount: number;
  /** Items kept apart. */
  readonly testCount: number;
  /** What the labels mean, by their numbers; empty where the items have none. */
  readonly classes: readonly string[];
  /** What one item is called, in the plural. */
  readonly items: string;
  readonly help: string;
  /** Who made it and under what licence it is passed on. */
  readonly attribution: string;
}

/** Images that are downloaded. */
export interface ImageSetEntry extends DataSetFacts {
  readonly kind: "images";
  /** Shape of one item, [height, width, channels]. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Where the packed shards lie, relative to the page. */
  readonly folder: string;
}

/** Points in the plane that are drawn from a distribution in data/points. */
export interface PointSetEntry extends DataSetFacts {
  readonly kind: "points";
  readonly shape: readonly [coordinates: 2];
}

export type DataSetEntry = ImageSetEntry | PointSetEntry;

function points(label: string, items: string, help: string): PointSetEntry {
  const attribution = "made by Duel itself";
  return { kind: "points", label, shape: [2], trainCount: 65_536, testCount: 0, classes: [], items, help, attribution };
}

export const DATA_SETS: Readonly<Record<ImageSetName, ImageSetEntry>> & Readonly<Record<PointSetName, PointSetEntry>> =
  {
    mnist: {
      kind: "images",
      label: "MNIST",
      shape: [28, 28, 1],
      trainCount: 60_000,
      testCount: 10_000,
      classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
      items: "handwritten digits",
      help: "60,000 handwritten digits, 28 × 28 pixels, grey. Small enough to learn in seconds, rich enough to go wrong.",
      attribution: "Yann LeCun and Corinna Cortes, commonly given as CC BY-SA 3.0",
      folder: "data/mnist",
    },
    line: points("Line", "points on a line", "A straight line: the easiest set."),
    ring: points("Ring", "points on a ring", "A ring with an empty middle."),
    twoRings: points("Two rings", "points on two rings", "A ring within a ring."),
    spiral: points("Spiral", "points on a spiral", "Two turns of a spiral."),
    moons: points("Moons", "points on two moons", "Two half circles that reach into one another."),
    disjointLines: points("Three lines", "points on three lines", "Lines with nothing between them."),
    eightGaussians: points("8 Gaussians", "points in eight clouds", "Eight clouds on a circle."),
    twentyFiveGaussians: points("25 Gaussians", "points in 25 clouds", "Five rows of five clouds."),
    checkerboard: points("Checkerboard", "points on a checkerboard", "The dark fields of a board."),
    drawn: points("Your drawing", "points of your drawing", "What you draw in the plane yourself."),
  };
