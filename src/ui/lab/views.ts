/** What each view of the plane is called and what its colours mean, one row a view. It must not know how it is drawn. */
import type { LabView } from "../../state/labViews.ts";

interface ViewText {
  readonly label: string;
  /** Read while the view is shown. */
  readonly caption: string;
  /** What its mark beside the label looks like. */
  readonly mark: "real" | "generator" | "line" | "grid" | "arrow" | "scores" | "difference";
}

export const VIEW_TEXTS: Readonly<Record<LabView, ViewText>> = {
  real: { label: "Real points", mark: "real", caption: "Green dots are data." },
  fake: {
    label: "Fake points",
    mark: "generator",
    caption: "Amber dots are what the generator makes of the same latents every time, so each wanders to its place.",
  },
  boundary: {
    label: "Decision boundary",
    mark: "line",
    caption: "On the line the discriminator is undecided: D(x) = 0.5.",
  },
  manifold: {
    label: "Generator’s manifold",
    mark: "grid",
    caption:
      "The net is a square grid of latents, taken where the generator takes it; where it is filled more strongly, points lie closer.",
  },
  told: {
    label: "What fakes are told",
    mark: "arrow",
    caption:
      "An arrow is the gradient that comes back to a fake: the way that would lower the generator’s loss. The longest is always as long; the others are in proportion.",
  },
  surface: {
    label: "Discriminator",
    mark: "scores",
    caption: "Blue ground: the discriminator takes a point there for real. Amber ground: for fake.",
  },
  optimal: {
    label: "Best discriminator",
    mark: "scores",
    caption:
      "The ground is p_data / (p_data + p_G), the best there is against this generator. Both densities are estimated from 2,048 points by Gaussian kernels 0.1 wide; where nothing lies, it stays clear.",
  },
  difference: {
    label: "Density difference",
    mark: "difference",
    caption:
      "Amber ground: the generator puts too many points there. Green ground: too few. Densities are estimated from 2,048 points by Gaussian kernels 0.1 wide.",
  },
};
