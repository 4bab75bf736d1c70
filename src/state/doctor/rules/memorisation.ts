/** A generator that repeats what it was shown. */
import { COPY_SAMPLES } from "../../../metrics/quality.ts";
import { slower, SMOOTH_LABELS } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { formatShare } from "../words.ts";

/** Of unseen real images it is one in a hundred; of so few samples chance alone makes it two or three at times. */
const MANY_COPIES = 0.2;

export const memorisation: Rule = {
  title: "Memorising",
  reason:
    "Samples that lie closer to a training image than unseen real images do are copies. A discriminator that has learnt its real images by heart rewards nothing else. With more images, smaller networks or a discriminator that is less sure, both have to learn what images have in common.",
  remedies: [SMOOTH_LABELS, slower("discriminator")],
  examine: ({ quality }) => {
    const copies = quality?.measures.copies ?? null;
    if (quality === null || copies === null) return null;
    return {
      level: copies / MANY_COPIES,
      evidence: `At step ${String(quality.step)}, ${formatShare(copies)} of ${String(COPY_SAMPLES)} samples were nearer to a training image than 99 in 100 unseen real images are.`,
    };
  },
};
