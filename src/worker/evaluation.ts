/**
 * Measures runs beside the data set that they learn from. It outlives runs, as the data set does; it must not know when a
 * measurement is made, or who looks at it.
 */
import { tensor2d, tidy } from "@tensorflow/tfjs-core";
import { freezeGenerator } from "../gan/frozenGenerator.ts";
import { disposeClassifier, type Classifier } from "../metrics/evaluator/classifier.ts";
import { unpackEvaluator } from "../metrics/evaluator/evaluatorFile.ts";
import { imagesAt } from "../metrics/evaluator/labelledImages.ts";
import { createImageSource } from "../metrics/imageSource.ts";
import { measureQuality } from "../metrics/measureQuality.ts";
import { NearestImages, type NearestImage } from "../metrics/nearestImages.ts";
import type { QualityReading, RealQuality } from "../metrics/quality.ts";
import { createReference, type KnownOfData, type QualityReference } from "../metrics/reference.ts";
import type { LongWork, Work } from "../metrics/work.ts";
import { invariant } from "../shared/invariant.ts";
import { imagesOfBytes, type ImageShape } from "./images.ts";
import type { EvaluatorFiles } from "./openEvaluator.ts";
import type { ImageBatch } from "./protocol.ts";
import type { UnseenDistances } from "./questions/nearest.question.ts";
import type { Run } from "./run.ts";

/** The real images, as far as they have come. */
export interface RealImages {
  readonly shape: ImageShape;
  /** [available, height, width, channels] */
  readonly pixels: Uint8Array;
  /** Whether all are there. */
  readonly complete: boolean;
}

/** What is needed beside the images, once it has come. */
interface Judge {
  readonly classifier: Classifier | null;
  readonly known: KnownOfData | null;
  readonly real: RealQuality | null;
  readonly unseen: UnseenDistances | null;
}

const NO_JUDGE: Judge = { classifier: null, known: null, real: null, unseen: null };

export class Evaluation {
  readonly #images: RealImages;
  readonly #open: () => Promise<EvaluatorFiles | null>;
  readonly #nearest: NearestImages;
  #opening: Promise<Judge> | null = null;
  #reference: QualityReference | null = null;
  #disposed = false;

  constructor(images: RealImages, open: () => Promise<EvaluatorFiles | null>) {
    this.#images = images;
    this.#open = open;
    this.#nearest = new NearestImages(images.shape);
  }

  /** Whether the real images are there, without which nothing is measured. */
  get ready(): boolean {
    return this.#images.complete;
  }

  /**
   * Measures the run as it stands when this begins, whatever it does meanwhile. The same latents are measured every time,
   * those of fresh samples. Throws a DataError where the evaluator cannot be had.
   */
  async *measure(run: Run, extent: "all" | "watched"): LongWork<QualityReading> {
    invariant(this.ready, "a measurement began before all real images were there");
    const { step } = run;
    const frozen = freezeGenerator(run.gan);
    try {
      const { classifier, real } = await this.#judge();
      const reference = (this.#reference ??= yield* this.#createReference());
      const samples = createImageSource(run.imageShape, classifier, (first, count) =>
        tidy(() => frozen.images(tensor2d(run.freshLatents(first, count), [count, run.latentSize]))),
      );
      return { step, ...(yield* measureQuality(samples, reference, extent)), real };
    } finally {
      frozen.dispose();
    }
  }

  /** What tells the classes of images apart; null where the data set has nothing of the kind. Throws a DataError where it cannot be had. */
  async classifier(): Promise<Classifier | null> {
    return (await this.#judge()).classifier;
  }

  /** The training image that is nearest to one of the same shape. */
  findNearest(image: Uint8Array): Work<NearestImage> {
    return this.#nearest.find(this.#images.pixels, image);
  }

  /** Those training images. */
  imagesAt(items: readonly number[]): ImageBatch {
    const { shape, pixels } = this.#images;
    const size = shape.reduce((product, dimension) => product * dimension, 1);
    const copied = new Uint8Array(items.length * size);
    items.forEach((item, index) => {
      copied.set(pixels.subarray(item * size, (item + 1) * size), index * size);
    });
    return imagesOfBytes(copied, shape);
  }

  /** Null for data without an evaluator. Throws a DataError where it cannot be had. */
  async unseenDistances(): Promise<UnseenDistances | null> {
    return (await this.#judge()).unseen;
  }

  dispose(): void {
    this.#disposed = true;
    // A download that failed left nothing behind.
    void this.#opening?.then(free, () => undefined);
  }

  /** Opened once; a failure is tried again the next time. */
  async #judge(): Promise<Judge> {
    const opening = (this.#opening ??= this.#openJudge());
    try {
      return await opening;
    } catch (error) {
      this.#opening = null;
      throw error;
    }
  }

  async #openJudge(): Promise<Judge> {
    const files = await this.#open();
    if (files === null || this.#disposed) return NO_JUDGE;
    const { real } = files.report;
    const { classifier, statistics } = unpackEvaluator(files.file, this.#images.shape, files.classes);
    const unseen = { typical: real.typicalDistance, near: real.copyDistance };
    return { classifier, known: { statistics, copyDistance: unseen.near }, real, unseen };
  }

  async *#createReference(): LongWork<QualityReference> {
    const { classifier, known } = await this.#judge();
    const { shape, pixels } = this.#images;
    const real = createImageSource(shape, classifier, (first, count) => imagesAt({ shape, pixels }, first, count));
    return yield* createReference(real, known, (image) => this.findNearest(image));
  }
}

function free({ classifier }: Judge): void {
  if (classifier !== null) disposeClassifier(classifier);
}
