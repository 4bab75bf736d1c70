/**
 * Work that is wished for faster than it can be done: one piece at a time, and of each kind only the last wish. It must not
 * know what the work is.
 */
export interface Wishes<Kind> {
  /** Does the work as soon as what is under way is done; a wish of that kind that still waits is forgotten. */
  make(kind: Kind, work: () => Promise<void>): void;
  /** Forgets what waits. */
  cancel(): void;
}

/** `work` must not reject. */
export function createWishes<Kind>(): Wishes<Kind> {
  const waiting = new Map<Kind, () => Promise<void>>();
  let working = false;

  /** In the order in which the wishes were first made. */
  async function fulfil(): Promise<void> {
    working = true;
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      const [kind, work] = next;
      waiting.delete(kind);
      await work();
    }
    working = false;
  }

  return {
    make(kind, work) {
      waiting.set(kind, work);
      if (!working) void fulfil();
    },
    cancel() {
      waiting.clear();
    },
  };
}
