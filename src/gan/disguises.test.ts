import { concat, setBackend, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { present } from "../shared/invariant.ts";
import { DEFAULT_CONFIG, type Config, type LossName } from "./config.ts";
import { drawForDiscriminator, drawForGenerator } from "./draws.ts";
import { draw } from "./finiteDifferences.ts";
import { createGan, type Gan } from "./gan.ts";
import { relativised } from "./losses.ts";
import { EVALUATION, forward } from "./network.ts";
import { computeDiscriminator, computeGenerator, prepareDiscriminator, prepareGenerator } from "./trainStep.ts";
import type { Onlooker, UpdateTensors } from "./trainStep.ts";

const SHAPE = [8, 8, 1];
const BATCH = 4;

const CONFIG: Config = {
  ...DEFAULT_CONFIG,
  batchSize: BATCH,
  latentDim: 2,
  generator: [{ type: "dense", units: 64, useBias: true }, { type: "tanh" }, { type: "reshape", targetShape: SHAPE }],
  discriminator: [{ type: "flatten" }, { type: "dense", units: 1, useBias: true }],
  instanceNoise: 0.25,
  augmentation: { translation: true, cutout: true, brightness: true },
};

/** What D says of the images as they were shown and as they are, beside the logits that the loss took. */
interface Seen {
  readonly logits: readonly number[];
  readonly ofShown: readonly number[];
  readonly ofBare: readonly number[];
}

/** Looks on, and judges the images by itself before any weight moves. */
function watch(gan: Gan, isRelative: boolean) {
  const tensors: Partial<Record<keyof UpdateTensors, unknown>> = {};
  let seen: Seen | null = null;
  const look: Onlooker = (lent) => {
    Object.assign(tensors, lent);
    if (lent.logits === undefined) return;
    const { logits, real, fake, shownReal, shownFake } = tensors as Partial<UpdateTensors>;
    const said = (...images: (Tensor | undefined)[]) =>
      tidy(() => {
        const given = images.filter((image) => image !== undefined);
        const together = concat(given.map((image) => forward(gan.discriminator, image, EVALUATION)));
        return [...(isRelative ? relativised(together) : together).dataSync()];
      });
    seen = {
      logits: [...present(logits, "logits").dataSync()],
      ofShown: said(shownReal, shownFake),
      ofBare: said(real, fake),
    };
  };
  return { look, seen: () => present<Seen>(seen, "an update") };
}

beforeAll(async () => {
  await setBackend("cpu");
});

describe.for(["nonSaturating", "relativisticAverage"] as const satisfies readonly LossName[])("under %s", (loss) => {
  const config = { ...CONFIG, loss };

  test.for(["discriminator", "generator"] as const)(
    "the %s learns by what is said of images in the disguise that an onlooker is shown",
    (player) => {
      const gan = createGan(config, SHAPE, 1);
      const { look, seen } = watch(gan, loss === "relativisticAverage");
      const real = draw(1, [BATCH, ...SHAPE]);
      tidy(() => {
        if (player === "discriminator") {
          prepareDiscriminator(gan, config, { seed: 1, update: 3 });
          computeDiscriminator(gan, { real, ...drawForDiscriminator(gan) }, look);
        } else {
          prepareGenerator(gan, config, { seed: 1, update: 3 });
          computeGenerator(gan, { real, ...drawForGenerator(gan) }, look);
        }
      });
      const { logits, ofShown, ofBare } = seen();
      expect(ofShown).toHaveLength(logits.length);
      // Sums of 64 products near 1, in another order at most.
      for (const [index, logit] of logits.entries()) expect(ofShown[index]).toBeCloseTo(logit, 5);
      expect(Math.max(...logits.map((logit, index) => Math.abs(logit - (ofBare[index] ?? NaN))))).toBeGreaterThan(0.1);
      gan.dispose();
      real.dispose();
    },
  );
});
