/**
 * The data set in the worker: comes shard by shard in the background, stays as bytes, and outlives runs. It must not
 * know runs or messages.
 */
import type { DataSetEntry } from "../data/catalogue.ts";
import type { DataProgress, DataSource } from "../data/dataSource.ts";
import { createResidentData } from "../engine/operations/residentData.ts";
import type { ResidentData } from "../engine/operations/residentData.ts";
import { createResidentLabels } from "../engine/operations/residentLabels.ts";
import type { ResidentLabels } from "../engine/operations/residentLabels.ts";
import { createBatchOrder } from "../gan/batches.ts";
import type { BatchOrder } from "../gan/batches.ts";
import { present } from "../shared/invariant.ts";
import type { Shape } from "../gan/layers/layerShape.ts";
import type { RealImages } from "./evaluation.ts";
import { imagesOfBytes } from "./images.ts";
import type { ImageBatch } from "./protocol.ts";
import type { Batches } from "./run.ts";
import { scatterOf } from "./scatter.ts";

/** How many real images, or points, are shown for comparison. */
const REAL_SAMPLES = { images: 64, points: 512 } as const;
/** How many images of each class, where a run is told classes. */
const CLASS_SAMPLES = 8;

export interface DataFeedOutside {
  open(this: void): Promise<DataSource>;
  /** Bytes have come. */
  onProgress(this: void): void;
  /** Images have come; `first` says whether none were there before. */
  onImages(this: void, first: boolean): void;
  onError(this: void, error: unknown): void;
}

/** How far the download is. */
export interface FeedState extends DataProgress {
  readonly availableImages: number;
  readonly totalImages: number;
}

interface RealSamples {
  readonly first: ImageBatch;
  /** A row for each class; absent where there are none. */
  readonly byClass?: ImageBatch;
}

export class DataFeed {
  readonly #entry: DataSetEntry;
  readonly #outside: DataFeedOutside;
  readonly #abort = new AbortController();
  readonly #resident: ResidentData;
  /** Those of every shard that came. */
  readonly #labels: Uint8Array[] = [];
  /** The same where batches are gathered, once a run wants them. */
  #residentLabels: ResidentLabels | null = null;
  #source: DataSource | null = null;
  #progress: DataProgress = { receivedBytes: 0, totalBytes: 0 };
  #realSamples: RealSamples | null = null;
  #loading = false;

  constructor(entry: DataSetEntry, outside: DataFeedOutside) {
    this.#entry = entry;
    this.#outside = outside;
    this.#resident = createResidentData(entry.shape, entry.trainCount, entry.kind === "points" ? "floats" : "bytes");
  }

  get state(): FeedState {
    return {
      ...this.#progress,
      availableImages: this.#resident.available,
      totalImages: this.#entry.trainCount,
    };
  }

  /** Shape of one item. */
  get shape(): Shape {
    return this.#entry.shape;
  }

  /** All real images that have come; null where the data is of another kind. */
  get images(): RealImages | null {
    if (this.#entry.kind !== "images") return null;
    const resident = this.#resident;
    return {
      shape: this.#entry.shape,
      get pixels() {
        return resident.bytes;
      },
      get complete() {
        return resident.available === resident.capacity;
      },
    };
  }

  /** What the labels mean; empty where there are none. */
  get classes(): readonly string[] {
    return this.#entry.classes;
  }

  /** A fresh copy of some real images, a row for each class where that is asked for, or null before they came. */
  realSamples(byClass: boolean): ImageBatch | null {
    const samples = byClass ? this.#realSamples?.byClass : this.#realSamples?.first;
    return samples === undefined ? null : { ...samples, pixels: samples.pixels.slice() };
  }

  /** The batches of a run with that seed. */
  batches(seed: number): Batches {
    let order: BatchOrder | null = null;
    const orderOf = ({ shardSize }: DataSource) =>
      (order ??= createBatchOrder(seed, this.#entry.trainCount, shardSize));
    return {
      covers: (first, count) =>
        this.#source !== null && orderOf(this.#source).itemsNeeded(first, count) <= this.#resident.available,
      items: (first, count) => orderOf(present(this.#source, "the data set")).items(first, count),
      createBatch: (size) => this.#resident.createBatch(size),
      createLabelledBatch: (size) => this.#onDevice().labelled(this.#resident.createBatch(size), size),
    };
  }

  /** Downloads what is missing, unless that is under way or nothing is. Errors go to `onError`. */
  async load(): Promise<void> {
    if (this.#loading || this.#resident.available === this.#entry.trainCount) return;
    this.#loading = true;
    try {
      this.#source ??= await this.#outside.open();
      await this.#source.load({
        onProgress: (progress) => {
          this.#progress = progress;
          this.#outside.onProgress();
        },
        onShard: ({ pixels, labels }) => {
          const first = this.#realSamples === null;
          this.#resident.append(pixels);
          this.#labels.push(labels);
          this.#residentLabels?.append(labels);
          this.#realSamples ??= samplesOf(this.#entry, pixels, labels);
          this.#outside.onImages(first);
        },
        signal: this.#abort.signal,
      });
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#outside.onError(error);
    } finally {
      this.#loading = false;
    }
  }

  dispose(): void {
    this.#abort.abort();
    this.#resident.dispose();
    this.#residentLabels?.dispose();
  }

  #onDevice(): ResidentLabels {
    if (this.#residentLabels === null) {
      this.#residentLabels = createResidentLabels(this.#entry.classes.length, this.#entry.trainCount);
      for (const labels of this.#labels) this.#residentLabels.append(labels);
    }
    return this.#residentLabels;
  }
}

/** Some items of the first shard: the first ones and, of images with classes, the first ones of each class. */
function samplesOf(entry: DataSetEntry, pixels: Uint8Array<ArrayBuffer>, labels: Uint8Array): RealSamples {
  if (entry.kind === "points") {
    return { first: scatterOf(new Float32Array(pixels.buffer, pixels.byteOffset, 2 * REAL_SAMPLES.points)) };
  }
  const { shape, classes } = entry;
  const itemSize = shape.reduce((product, size) => product * size, 1);
  const first = imagesOfBytes(pixels.slice(0, REAL_SAMPLES.images * itemSize), shape);
  if (classes.length === 0) return { first };
  const rows = new Uint8Array(classes.length * CLASS_SAMPLES * itemSize);
  for (const label of classes.keys()) {
    const items = [...labels.keys()].filter((item) => labels[item] === label).slice(0, CLASS_SAMPLES);
    for (const [column, item] of items.entries()) {
      const cell = label * CLASS_SAMPLES + column;
      rows.set(pixels.subarray(item * itemSize, (item + 1) * itemSize), cell * itemSize);
    }
  }
  return { first, byClass: { ...imagesOfBytes(rows, shape), grid: { columns: CLASS_SAMPLES, rowLabels: classes } } };
}
