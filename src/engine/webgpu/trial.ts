/**
 * Finds the fastest of several kernels that compute the same, by the times of a few runs of each. It must not know what they
 * compute, in what they differ, or on what they run.
 */

/** Runs a kernel so often, and resolves when the device has done it. */
export type Candidate = (repetitions: number) => Promise<void>;

/** All trials before a run take no longer together; kernels whose turn does not come keep their usual form. */
const ALL_MILLISECONDS = 400;
/** One measurement lasts about as long, so that the cost of a submit does not count. */
const MEASUREMENT_MILLISECONDS = 4;
const MOST_REPETITIONS = 64;
/** Candidates take turns, so that whatever else the device does falls on all of them. */
const ROUNDS = 3;
/** Another candidate is taken only if it is faster than the first by so much: times are noisy. */
const CLEARLY_FASTER = 0.95;

export class Trials {
  readonly #now: () => number;
  #leftMilliseconds = ALL_MILLISECONDS;

  /** `now` counts milliseconds and never goes back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * The place of the fastest candidate; 0 unless another is clearly faster, and where time is up before all were measured.
   * Only a run that is under way when time is up takes longer.
   */
  async fastestOf(candidates: readonly Candidate[]): Promise<number> {
    const ends = this.#now() + this.#leftMilliseconds;
    let least = candidates.map(() => Infinity);
    let repetitions = 1;
    // The first round brings what a driver does once, the second says how often fits; neither counts.
    for (let round = -2; round < ROUNDS; round++) {
      const times = await this.#measureAll(candidates, repetitions, ends);
      if (times === null) break;
      if (round >= 0) least = least.map((time, place) => Math.min(time, times[place] ?? Infinity));
      if (round === -1) repetitions = repetitionsFor(times[0] ?? Infinity);
    }
    this.#leftMilliseconds = Math.max(0, ends - this.#now());
    return fastest(least);
  }

  /** Milliseconds of one run of each; null where time was up before the last one began. */
  async #measureAll(
    candidates: readonly Candidate[],
    repetitions: number,
    ends: number,
  ): Promise<readonly number[] | null> {
    const times: number[] = [];
    for (const run of candidates) {
      const began = this.#now();
      if (began >= ends) return null;
      await run(repetitions);
      times.push((this.#now() - began) / repetitions);
    }
    return times;
  }
}

function fastest(milliseconds: readonly number[]): number {
  const [first = Infinity] = milliseconds;
  const least = Math.min(...milliseconds);
  return least < first * CLEARLY_FASTER ? milliseconds.indexOf(least) : 0;
}

/** How often a kernel runs in one measurement, given what it took alone. */
function repetitionsFor(milliseconds: number): number {
  return Math.min(MOST_REPETITIONS, Math.max(1, Math.floor(MEASUREMENT_MILLISECONDS / milliseconds)));
}
