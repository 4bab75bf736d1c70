/** The classic: two multi-layer perceptrons. */
import { DEFAULT_CONFIG } from "../config.ts";
import type { Preset } from "./preset.ts";

export const MNIST_MLP: Preset = {
  id: "mnist-mlp",
  label: "MNIST · perceptrons",
  group: "classic",
  comment:
    "The duel in its simplest form: neither player knows that pixels have neighbours. By step 200 the noise has gathered into a blob in the middle, by 600 into speckled strokes, and by 2,000 into digits, speckled still. Watch the scores: real images stay near 0.65 while fakes sink to about 0.2, so the discriminator is ahead, but not so far that the generator has nothing to learn from. Raise the discriminator's learning rate and its score for fakes drops towards 0, where the generator learns little.",
  source: "Goodfellow et al. 2014, with Adam as Radford et al. 2015 set it: 2e-4 and β₁ 0.5",
  expects: [
    { step: 200, measure: "frechet", atLeast: 1500 },
    { step: 2000, measure: "frechet", atMost: 400 },
    { step: 2000, measure: "fakeScore", atLeast: 0.1, atMost: 0.35 },
  ],
  config: DEFAULT_CONFIG,
};
