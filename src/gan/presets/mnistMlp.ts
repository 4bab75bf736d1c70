/** The classic: two multi-layer perceptrons. */
import { DEFAULT_CONFIG } from "../config.ts";
import type { Preset } from "./preset.ts";

export const MNIST_MLP: Preset = {
  id: "mnist-mlp",
  label: "MNIST · perceptrons",
  group: "classic",
  comment:
    "The duel in its simplest form: neither player knows that pixels have neighbours. Within a few hundred steps the noise gathers into a blob in the middle, then into speckled strokes, and after a thousand or so into digits, often the same few. Watch the scores: while both hover near 0.5, each learns from the other. Raise the discriminator's learning rate and its score for fakes drops towards 0, where the generator learns little.",
  source: "Goodfellow et al. 2014, with Adam as Radford et al. 2015 set it: 2e-4 and β₁ 0.5",
  config: DEFAULT_CONFIG,
};
