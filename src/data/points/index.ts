/** Every distribution of points by the name of its data set, one line each. */
import type { Config, PointSetName } from "../../gan/config.ts";
import { checkerboard } from "./checkerboard.ts";
import { disjointLines } from "./disjointLines.ts";
import type { Distribution } from "./distribution.ts";
import { drawn } from "./drawn.ts";
import { eightGaussians } from "./eightGaussians.ts";
import { line } from "./line.ts";
import { moons } from "./moons.ts";
import { ring } from "./ring.ts";
import { spiral } from "./spiral.ts";
import { twentyFiveGaussians } from "./twentyFiveGaussians.ts";
import { twoRings } from "./twoRings.ts";

const DISTRIBUTIONS: Readonly<Record<Exclude<PointSetName, "drawn">, Distribution>> = {
  line,
  ring,
  twoRings,
  spiral,
  moons,
  disjointLines,
  eightGaussians,
  twentyFiveGaussians,
  checkerboard,
};

/** What a person drew, and how far points scatter about it. */
export type NamedDrawing = Pick<Config, "drawing" | "drawingSpread">;

/** The distribution that a data set of points is drawn from; the drawing is for the set of that name. */
export function distributionOf(name: PointSetName, { drawing, drawingSpread }: NamedDrawing): Distribution {
  return name === "drawn" ? drawn(drawing, drawingSpread) : DISTRIBUTIONS[name];
}
