/** How many steps a second a run makes, over the last second or so. It must not know what a step is. */

const WINDOW_MILLISECONDS = 1000;

export interface Rate {
  /** A step was done at that time, in milliseconds. */
  count(at: number): void;
  /** Steps per second between the first and the last one of the window; 0 while there are fewer than two. */
  perSecond(): number;
  /** Begins anew, after a pause. */
  clear(): void;
}

export function createRate(): Rate {
  let times: number[] = [];
  return {
    count(at) {
      times.push(at);
      // Steps slower than the window are measured by the last two.
      const firstInside = times.findIndex((time) => at - time <= WINDOW_MILLISECONDS);
      if (firstInside > 0) times = times.slice(Math.min(firstInside, times.length - 2));
    },
    perSecond() {
      const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
      return span > 0 ? ((times.length - 1) * 1000) / span : 0;
    },
    clear() {
      times = [];
    },
  };
}
