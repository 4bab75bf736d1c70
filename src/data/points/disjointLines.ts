/** Three upright lines with nothing between them: a continuous generator has to tear, or to leave threads. */
import { alongSegments } from "./segments.ts";

export const disjointLines = alongSegments(
  [-1.2, 0, 1.2].map((x) => ({ from: [x, -1.2], to: [x, 1.2] })),
  0.05,
);
