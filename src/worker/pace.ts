/** How many steps go to the device together. It must not know what a step is, or who makes it. */

/** A pause waits for what the device was given, so that is never much more than this. */
const TOGETHER_MILLISECONDS = 30;
/** Beyond this the cost of handing over is nothing beside that of the steps. */
const MOST_TOGETHER = 64;

export interface Pace {
  /** Steps that may go to the device together now. */
  readonly steps: number;
  /** Steps that went together took that long, each. */
  measure(steps: number, milliseconds: number): void;
}

/**
 * Begins with one step, and doubles while steps prove short: the first ones are slow, because they are recorded, and a
 * single measurement may be wrong. A slow one counts at once.
 */
export function createPace(): Pace {
  let steps = 1;
  return {
    get steps() {
      return steps;
    },
    measure(made, milliseconds) {
      const fitting = Math.max(1, Math.floor(TOGETHER_MILLISECONDS / milliseconds));
      // A batch cut short says nothing of a longer one.
      const grown = made < steps ? steps : 2 * steps;
      steps = Math.min(fitting, grown, MOST_TOGETHER);
    },
  };
}
