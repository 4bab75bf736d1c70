/** Calls held to a pace, each key for itself. It knows timers and nothing of what is called. */

export interface Throttle<Key> {
  /** At once, when the last call of that key is long enough ago; else once, as soon as it is. */
  call(key: Key): void;
  /** Forgets what waits. */
  cancel(): void;
}

export function createThrottle<Key>(milliseconds: number, action: (key: Key) => void): Throttle<Key> {
  const waiting = new Map<Key, { readonly timer: ReturnType<typeof setTimeout>; again: boolean }>();
  const run = (key: Key): void => {
    const timer = setTimeout(() => {
      const entry = waiting.get(key);
      waiting.delete(key);
      if (entry?.again === true) run(key);
    }, milliseconds);
    waiting.set(key, { timer, again: false });
    action(key);
  };
  return {
    call: (key) => {
      const entry = waiting.get(key);
      if (entry === undefined) run(key);
      else entry.again = true;
    },
    cancel: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
