/** One straight line across the plane: the easiest set, which a generator learns by stretching its latents. */
import { alongSegments } from "./segments.ts";

export const line = alongSegments([{ from: [-1.4, -0.9], to: [1.4, 0.9] }], 0.05);
