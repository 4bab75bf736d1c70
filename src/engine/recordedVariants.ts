/**
 * One step in several variants, which differ in more than numbers: each is recorded when it is first asked for. It must not
 * know what a variant changes.
 */
import type { Tensor } from "@tensorflow/tfjs-core";
import { recordStep, type RecordedStep } from "./recordedStep.ts";
import type { Refusal } from "./stepGraph.ts";

export interface RecordedVariants<Variant> {
  /** Makes the step in that variant and gives its results, which stand until the next run; the caller leaves them as they are. */
  run(variant: Variant): readonly Tensor[];
  /** Why the variant that ran last runs eagerly; null where it is replayed. */
  readonly refusal: Refusal | null;
  dispose(): void;
}

/** A step that takes turns keeps as many recordings; of those that a setting changed, one is left over. */
const KEPT = 2;

/** Variants must be plain values: those of the same JSON are one. `step` must be the same work whenever a variant is run. */
export function recordVariants<Variant>(step: (variant: Variant) => readonly Tensor[]): RecordedVariants<Variant> {
  /** By JSON, the one that ran last at the end. */
  const recorded = new Map<string, RecordedStep>();

  function recordedFor(variant: Variant): RecordedStep {
    const key = JSON.stringify(variant);
    const found = recorded.get(key) ?? recordStep(() => step(variant));
    recorded.delete(key);
    recorded.set(key, found);
    for (const [key, oldest] of [...recorded].slice(0, -KEPT)) {
      oldest.dispose();
      recorded.delete(key);
    }
    return found;
  }

  return {
    run: (variant) => recordedFor(variant).run(),
    get refusal() {
      return [...recorded.values()].at(-1)?.refusal ?? null;
    },
    dispose() {
      for (const held of recorded.values()) held.dispose();
      recorded.clear();
    },
  };
}
