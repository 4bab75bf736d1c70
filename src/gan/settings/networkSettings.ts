/** The settings of the networks beside their layers. */
import type { Setting } from "./setting.ts";

export const NETWORK_SETTINGS: readonly Setting[] = [
  {
    kind: "number",
    path: "latentDim",
    label: "Latent dimensions",
    help: "How many random numbers the generator turns into one image. Two are enough to see a map; a hundred leave room.",
    urlKey: "latent",
    group: "networks",
    player: "generator",
    range: [1, 512],
    scale: "log",
    integer: true,
    unit: "",
    applies: "rebuild",
  },
];
