/**
 * The data set in the worker: comes shard by shard in the background, stays as bytes, and outlives runs. It must not
 * know runs or messages.
 */
import type { DataSetEntry } from "../data/catalogue.ts";
import type { DataProgress, DataSource } from "../data/dataSource.ts";
import { createResidentData } from "../engine/operations/residentData.ts";
import type { ResidentData } from "../engine/operations/residentData.ts";
import { createBatchOrder } from "../gan/batches.ts";
import type { BatchOrder } from "../gan/batches.ts";
import { present } from "../shared/invariant.ts";
import type { Shape } from "../gan/layers/layerShape.ts";
import { imagesOfBytes } from "./images.ts";
import type { ImageBatch } from "./protocol.ts";
import type { Batches } from "./run.ts";
import { scatterOf } from "./scatter.ts";

/** How many real images, or points, are shown for comparison. */
const REAL_SAMPLES = { images: 64, points: 512 } as const;

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

export class DataFeed {
  readonly #entry: DataSetEntry;
  readonly #outside: DataFeedOutside;
  readonly #abort = new AbortController();
  readonly #resident: ResidentData;
  #source: DataSource | null = null;
  #progress: DataProgress = { receivedBytes: 0, totalBytes: 0 };
  #realSamples: ImageBatch | null = null;
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

  /** A fresh copy of the first real images, or null before they came. */
  get realSamples(): ImageBatch | null {
    return this.#realSamples === null ? null : { ...this.#realSamples, pixels: this.#realSamples.pixels.slice() };
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
        onShard: ({ pixels }) => {
          const first = this.#realSamples === null;
          this.#resident.append(pixels);
          this.#realSamples ??= this.#firstItems(pixels);
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
  }

  #firstItems(pixels: Uint8Array<ArrayBuffer>): ImageBatch {
    const { kind, shape } = this.#entry;
    if (kind === "points")
      return scatterOf(new Float32Array(pixels.buffer, pixels.byteOffset, 2 * REAL_SAMPLES.points));
    const itemSize = shape.reduce((product, size) => product * size, 1);
    return imagesOfBytes(pixels.slice(0, REAL_SAMPLES.images * itemSize), shape);
  }
}
