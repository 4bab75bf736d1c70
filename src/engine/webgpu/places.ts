/** How elements that are each computed by themselves are dealt out to threads. It must not know what is computed. */
import { isSoftwareDevice } from "./tiles.ts";

export interface Places {
  readonly threads: number;
  /** WGSL that does `body` for every place `i` of the thread whose number is `thread`. */
  each(this: void, body: string): string;
}

/**
 * A processor that plays a graphics card takes its time to begin a thread and to read the live numbers, so a thread goes
 * through sixteen places; a graphics card wants as many threads as there are.
 */
export function dealOut(count: number): Places {
  const threads = Math.ceil(count / (isSoftwareDevice() ? 16 : 1));
  return {
    threads,
    each: (body) => `for (var i = thread; i < ${String(count)}u; i += ${String(threads)}u) { ${body} }`,
  };
}
