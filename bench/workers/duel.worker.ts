/** Duel itself as a subject: the run that the page trains, on data that come by the page's road. It must not know any kernel. */
import { dispose, fill, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { startBackend } from "../../src/engine/backend.ts";
import { LINEAR } from "../../src/engine/operations/activations.ts";
import { dense } from "../../src/engine/operations/dense.ts";
import { createReadback } from "../../src/engine/readback.ts";
import { startSimd } from "../../src/engine/simd/index.ts";
import { detectFeatures } from "../../src/engine/simd/module.ts";
import { DataFeed } from "../../src/worker/dataFeed.ts";
import { Run } from "../../src/worker/run.ts";
import { describeAdapter } from "./adapter.ts";
import type { StartRequest } from "./contract.ts";
import { NOISE, noiseBytes } from "./images.ts";
import { profileCommands } from "./profile.ts";
import { serve, type Matrices, type Subject } from "./subject.ts";

async function start(backend: string, threads: number | null): Promise<Subject["device"]> {
  switch (backend) {
    case "simd": {
      const features = { ...detectFeatures(), ...(threads === null ? {} : { threads }) };
      return { device: (await startSimd(features)).device, onProcessor: true };
    }
    case "webgpu":
      await startBackend("webgpu");
      return describeAdapter();
    default:
      throw new Error(`Duel is not measured on ${backend}.`);
  }
}

/** Noise instead of a download, in one shard. */
async function loadNoise(): Promise<DataFeed> {
  const pixels = noiseBytes();
  const failures: unknown[] = [];
  const feed = new DataFeed(NOISE, {
    open: () =>
      Promise.resolve({
        entry: NOISE,
        shardSize: NOISE.trainCount,
        load: ({ onShard }) => {
          const labels = new Uint8Array(NOISE.trainCount);
          onShard({ index: 0, first: 0, count: NOISE.trainCount, pixels, labels });
          return Promise.resolve();
        },
      }),
    onProgress: () => undefined,
    onImages: () => undefined,
    onError: (error) => failures.push(error),
  });
  await feed.load();
  if (failures.length > 0) throw failures[0];
  return feed;
}

async function createDuel({ config, backend, threads }: StartRequest): Promise<Subject> {
  const device = await start(backend, threads);
  const batches = (await loadNoise()).batches(config.seed);
  const run = new Run("bench", config, NOISE.shape);
  const readback = createReadback();
  let measured: readonly Tensor[] = [];
  function step(): void {
    const updates = Array.from({ length: config.discriminatorSteps }, () => run.updateDiscriminator(batches));
    const last = [updates, Array.from({ length: config.generatorSteps }, () => run.updateGenerator(batches))];
    measured = last.flatMap((results) => results.slice(-1));
    run.finishStep();
    readback.submit();
  }
  return {
    device,
    step,
    async finish() {
      const losses: number[] = [];
      for (const tensor of measured) readback.enqueue([tensor], ([loss]) => losses.push(loss ?? NaN));
      await readback.settle();
      return losses;
    },
    matrices,
    ...(backend === "simd" ? { profile: (steps: number) => profileCommands(step, steps) } : {}),
  };
}

/** Of one number throughout, which is made quickly and takes no less time to multiply. */
function matrices(size: number): Matrices {
  const left: Tensor2D = fill([size, size], 0.5);
  const right: Tensor2D = fill([size, size], 0.5);
  return {
    async multiply() {
      const product = dense(left, right, null, LINEAR);
      await product.data();
      product.dispose();
    },
    dispose() {
      dispose([left, right]);
    },
  };
}

serve(createDuel);
