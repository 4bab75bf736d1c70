/**
 * Keeps the last snapshot of a run in the worker's own memory, where it outlives the device. It must not know what is in one,
 * nor what becomes of it.
 */
import type { Snapshot } from "./run.ts";

/** Between two snapshots while the run moves: what a lost device costs at most, and seldom enough to cost next to nothing. */
const SNAPSHOT_MILLISECONDS = 10_000;

export class SnapshotKeeper {
  readonly #now: () => number;
  readonly #read: () => Promise<Snapshot>;
  #last: Snapshot | null;
  #readAt = -Infinity;

  /** `read` begins at once to read the run as it stands; `last` is where the run went on from, if it did. */
  constructor(now: () => number, read: () => Promise<Snapshot>, last: Snapshot | null) {
    this.#now = now;
    this.#read = read;
    this.#last = last;
  }

  /** The latest one that has come; null before the first. */
  get last(): Snapshot | null {
    return this.#last;
  }

  /** Takes one of the run as it stands, unless one was taken a short while ago. */
  takeWhenDue(): void {
    if (this.#now() - this.#readAt >= SNAPSHOT_MILLISECONDS) this.take();
  }

  /** Takes one of the run as it stands. It comes when the device has done all that it was asked before. */
  take(): void {
    this.#readAt = this.#now();
    void this.#read().then(
      (snapshot) => {
        if (this.#last === null || snapshot.step >= this.#last.step) this.#last = snapshot;
      },
      () => {
        // The device went away, which is reported by whoever knows of it; the snapshot before stays.
      },
    );
  }
}
