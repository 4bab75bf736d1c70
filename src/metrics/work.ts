/** Long work in small portions, so that whoever does it can turn to something else in between. It must not know what it is. */

/** Every `next` does a portion; the last one returns the result. */
export type Work<Result> = Generator<undefined, Result, undefined>;

/** The same for work that waits for something in between. */
export type LongWork<Result> = AsyncGenerator<undefined, Result, undefined>;

/** Does all of it at once. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

export async function finishLater<Result>(work: LongWork<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = await work.next();
    if (done === true) return value;
  }
}
