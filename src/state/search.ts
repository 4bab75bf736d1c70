/** One search at a time: shown as it goes, stopped when somebody has seen enough, and replaced by the next. It must not know what is sought. */
export interface Progress<Found> {
  /** The best so far; null before there is any. */
  readonly found: Found | null;
  readonly underWay: boolean;
}

interface SearchOptions<Found> {
  readonly onInterim: (found: Found) => void;
  readonly signal: AbortSignal;
}

export class Search<Found> {
  #stop: () => void = () => undefined;

  /**
   * Stops the search before, and seeks anew; `show` is told where it stands, for the last time when it ends or is stopped.
   * Rejects as `seek` does.
   */
  async begin(
    seek: (options: SearchOptions<Found>) => Promise<Found>,
    show: (progress: Progress<Found>) => void,
  ): Promise<void> {
    this.stop();
    const withdrawal = new AbortController();
    const { signal } = withdrawal;
    let best: Found | null = null;
    const keep = (found: Found): void => {
      if (signal.aborted) return;
      best = found;
      show({ found, underWay: true });
    };
    const end = (): void => {
      if (signal.aborted) return;
      withdrawal.abort();
      show({ found: best, underWay: false });
    };
    this.#stop = end;
    show({ found: null, underWay: true });
    try {
      keep(await seek({ onInterim: keep, signal }));
    } finally {
      end();
    }
  }

  /** Keeps what was found so far. */
  stop(): void {
    this.#stop();
  }
}
