/**
 * One run: a GAN, the counters that every random draw comes from, and the settings that hold now. It makes single
 * updates and images; it must not know messages, time or display.
 */
import { slice, tensor2d, tidy } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { LiveBatch } from "../engine/operations/residentData.ts";
import { recordVariants, type RecordedVariants } from "../engine/recordedVariants.ts";
import type { Refusal } from "../engine/stepGraph.ts";
import type { Config, Phase } from "../gan/config.ts";
import { createGan, setAveraging, shownGenerator } from "../gan/gan.ts";
import type { Gan } from "../gan/gan.ts";
import { readState, writeState, type GanState } from "../gan/ganState.ts";
import { sizeOf, type Shape } from "../gan/layers/layerShape.ts";
import { LOSSES } from "../gan/losses.ts";
import { fingerprint, summary } from "../gan/network.ts";
import { settingsAfter } from "../gan/schedule.ts";
import { generate, type Onlooker } from "../gan/trainStep.ts";
import { present } from "../shared/invariant.ts";
import { latentNumbers } from "../shared/latents.ts";
import { CommandError } from "./failures.ts";
import { createProbe, type Probe } from "./probe.ts";
import type { Fingerprints, ImageGrid, ReadyEvent, RunId } from "./protocol.ts";
import type { ImageShape } from "./images.ts";
import { createUpdates, type Updates } from "./updates.ts";

/** Which weights of the generator paint the images that are shown and measured. */
export type ShownWeights = "latest" | "averaged";

/** Where a run takes its real images from: `count` of them from the `first`-th of its order on, which is endless. */
export interface Batches {
  /** Whether all of these images have come. */
  covers(this: void, first: number, count: number): boolean;
  /** Their places in the data set. */
  items(this: void, first: number, count: number): readonly number[];
  /** A batch of that size, in which places are chosen before every update. The caller frees it. */
  createBatch(this: void, size: number): LiveBatch;
  /** The same, with the labels of its items. */
  createLabelledBatch(this: void, size: number): LiveBatch;
}

/** All that is needed to go on from a step, beside the config. */
export interface Snapshot {
  readonly step: number;
  readonly discriminatorUpdates: number;
  readonly generatorUpdates: number;
  readonly state: GanState;
}

export class Run {
  readonly id: RunId;
  /** Shape of what the generator makes, one of it. */
  readonly dataShape: Shape;
  readonly #gan: Gan;
  readonly #probe: Probe;
  readonly #probing: RecordedVariants<ShownWeights>;
  readonly #updates: Updates;
  #batch: LiveBatch | null = null;
  #config: Config;
  #step = 0;
  #discriminatorUpdates = 0;
  #generatorUpdates = 0;

  /** Builds networks for data of that shape and of those classes. Throws NetworkError, and then holds nothing. */
  constructor(id: RunId, config: Config, dataShape: Shape, classes: readonly string[] = []) {
    this.id = id;
    this.dataShape = dataShape;
    this.#config = config;
    this.#gan = createGan(config, dataShape, config.seed, classes.length);
    this.#probe = createProbe(config, this.makesPoints, this.#gan.classes === 0 ? [] : classes);
    this.#probing = recordVariants(() => [generate(this.#gan, this.#probe.latents)]);
    this.#updates = createUpdates(this.#gan, config);
  }

  /** The networks themselves. Who looks at them leaves them as they are. */
  get gan(): Gan {
    return this.#gan;
  }

  /** Shape of the images that the generator makes. Throws a CommandError where it makes points. */
  get imageShape(): ImageShape {
    const [height, width, channels] = this.dataShape;
    if (height !== undefined && width !== undefined && channels !== undefined) return [height, width, channels];
    throw new CommandError("This run makes points in the plane, not images.", "Choose a data set of images for that.");
  }

  /** Whether the generator makes points in the plane. */
  get makesPoints(): boolean {
    return this.dataShape.length === 1;
  }

  /** Latents of the probe. */
  get probeCount(): number {
    return this.#probe.latents.shape[0];
  }

  /** Numbers of one latent: what the generator makes an item of, the class among them where it is told one. */
  get latentSize(): number {
    return sizeOf(this.#gan.generator.inputShape);
  }

  /** The config with what was tuned since. */
  get config(): Config {
    return this.#config;
  }

  /** Whole steps done, whatever updates each was made of. */
  get step(): number {
    return this.#step;
  }

  /** Counts one more step, after its last update. */
  finishStep(): void {
    this.#step += 1;
  }

  /** Real images that the discriminator has been shown. */
  get imagesShown(): number {
    return this.#discriminatorUpdates * this.#config.batchSize;
  }

  /** Takes over changed live settings; they act at the next update. */
  retune(config: Config): void {
    this.#config = config;
    setAveraging(this.#gan, config.averageDecay !== null);
    this.#gan.showsAverage = config.showAveraged;
  }

  /** Whose images are shown: those of the weights as they are, or of their average. */
  get shown(): ShownWeights {
    return shownGenerator(this.#gan) === this.#gan.generator ? "latest" : "averaged";
  }

  /** Whether the real images of the next updates are there, so many of either player. */
  canUpdate(batches: Batches, { discriminator, generator }: Readonly<Record<Phase, number>>): boolean {
    const { batchSize } = this.#config;
    if (discriminator > 0) return batches.covers(this.imagesShown, discriminator * batchSize);
    return generator === 0 || !this.#generatorLooks || batches.covers(this.#lastShown, batchSize);
  }

  /** Whether the generator is measured by real images, too: those that the discriminator was shown last. */
  get #generatorLooks(): boolean {
    return LOSSES[this.#config.loss].generatorOfReal !== null;
  }

  /** Where the batch begins that the discriminator was shown last; the first one where it was shown none. */
  get #lastShown(): number {
    return Math.max(0, this.imagesShown - this.#config.batchSize);
  }

  /** One update; answers what `computeDiscriminator` measures, which stands until the next one. */
  updateDiscriminator(batches: Batches, look?: Onlooker): Tensor1D {
    const batch = this.#batchOf(batches);
    batch.choose(batches.items(this.imagesShown, this.#config.batchSize));
    const live = settingsAfter(this.#config, this.#step);
    const measured = this.#updates.discriminator(live, this.#discriminatorUpdates, batch, look);
    this.#discriminatorUpdates += 1;
    return measured;
  }

  /** One update; answers what `computeGenerator` measures, which stands until the next one. */
  updateGenerator(batches: Batches, look?: Onlooker): Tensor1D {
    const batch = this.#generatorLooks ? this.#batchOf(batches) : undefined;
    batch?.choose(batches.items(this.#lastShown, this.#config.batchSize));
    const live = settingsAfter(this.#config, this.#step);
    const measured = this.#updates.generator(live, this.#generatorUpdates, look, batch);
    this.#generatorUpdates += 1;
    return measured;
  }

  /** Why a player's updates are not replayed on a backend that replays; else null. */
  refusalOf(player: Phase): Refusal | null {
    return this.#updates.refusalOf(player);
  }

  /** Goes through all updates and the probe's images once, for whoever wants to know their kernels; see engine/preparation.ts. */
  rehearse(batches: Batches): void {
    generate(this.#gan, this.#probe.latents).dispose();
    this.#updates.rehearse(this.#config, this.#batchOf(batches));
  }

  /** How the probe's images are laid out; undefined where any way will do. */
  get probeGrid(): ImageGrid | undefined {
    return this.#probe.grid;
  }

  /** What the generator makes of the probe, [cells, ...dataShape]. It stands until it is asked for again. */
  probeImages(): Tensor {
    return present(this.#probing.run(this.shown)[0], "the images of the probe");
  }

  /** The probe's latents, a row of latentSize numbers for each cell, to keep. */
  async probeLatents(): Promise<Float32Array<ArrayBuffer>> {
    return (await this.#probe.latents.data<"float32">()).slice();
  }

  /** Images of those latents, `values` being rows of latentSize numbers. The caller frees it. */
  imagesOf(values: Float32Array, count: number): Tensor {
    return tidy(() => generate(this.#gan, tensor2d(values, [count, this.latentSize])));
  }

  /** The classes that such latents ask for, [count, classes]; null where the generator is told none. The caller frees it. */
  labelsOf(values: Float32Array, count: number): Tensor2D | null {
    const { latentDim } = this.#config;
    if (this.#gan.classes === 0) return null;
    return tidy(() => slice(tensor2d(values, [count, this.latentSize]), [0, latentDim]));
  }

  /**
   * `count` latents from the `first`-th on; each is a draw of its own, so that they do not depend on how many are asked. Where
   * the generator is told classes, they are of those given, or of one class after another.
   */
  freshLatents(first: number, count: number, classes: readonly number[] = []): Float32Array<ArrayBuffer> {
    const { seed, latentDim } = this.#config;
    const size = this.latentSize;
    const values = new Float32Array(count * size);
    for (let row = 0; row < count; row++) {
      values.set(latentNumbers({ seed, stream: "samples", draw: first + row }, this.#config), row * size);
      const label = classes[row] ?? (first + row) % this.#gan.classes;
      if (this.#gan.classes > 0) values[row * size + latentDim + label] = 1;
    }
    return values;
  }

  #batchOf(batches: Batches): LiveBatch {
    const create = this.#gan.classes === 0 ? batches.createBatch : batches.createLabelledBatch;
    return (this.#batch ??= create(this.#config.batchSize));
  }

  /** The run as it stands now, whatever is done while it is read. */
  async snapshot(): Promise<Snapshot> {
    const reading = readState(this.#gan);
    const counters = {
      step: this.#step,
      discriminatorUpdates: this.#discriminatorUpdates,
      generatorUpdates: this.#generatorUpdates,
    };
    return { ...counters, state: await reading };
  }

  /** Goes to where a run of the same config once stood. Call it before the first update. */
  restore({ step, discriminatorUpdates, generatorUpdates, state }: Snapshot): void {
    writeState(this.#gan, state);
    this.#step = step;
    this.#discriminatorUpdates = discriminatorUpdates;
    this.#generatorUpdates = generatorUpdates;
  }

  async fingerprints(): Promise<Fingerprints> {
    return {
      generator: await fingerprint(this.#gan.generator),
      discriminator: await fingerprint(this.#gan.discriminator),
    };
  }

  networks(): ReadyEvent["networks"] {
    return { generator: summary(this.#gan.generator), discriminator: summary(this.#gan.discriminator) };
  }

  dispose(): void {
    this.#updates.dispose();
    this.#probing.dispose();
    this.#batch?.dispose();
    this.#gan.dispose();
    this.#probe.latents.dispose();
  }
}
