import { expect, test } from "vitest";
import { Search, type Progress } from "./search.ts";

/** A search whose finds the test hands in. */
function pretendedSearch() {
  let find: (found: number) => void = () => undefined;
  let finish: (found: number) => void = () => undefined;
  let fail: (reason: Error) => void = () => undefined;
  const shown: Progress<number>[] = [];
  const search = new Search<number>();
  const begin = (signals: AbortSignal[] = []) =>
    search.begin(
      ({ onInterim, signal }) => {
        signals.push(signal);
        find = onInterim;
        return new Promise((resolve, reject) => {
          [finish, fail] = [resolve, reject];
        });
      },
      (progress) => shown.push(progress),
    );
  return {
    search,
    shown,
    begin,
    find: (found: number) => {
      find(found);
    },
    finish: (found: number) => {
      finish(found);
    },
    fail: (reason: Error) => {
      fail(reason);
    },
  };
}

test("what is found on the way is shown, and at last what was found", async () => {
  const { begin, find, finish, shown } = pretendedSearch();
  const done = begin();
  find(1);
  finish(2);
  await done;
  expect(shown.map(({ found, underWay }) => [found, underWay])).toEqual([
    [null, true],
    [1, true],
    [2, true],
    [2, false],
  ]);
});

test("a search that is stopped withdraws its question, keeps what it has, and hears nothing more", async () => {
  const { search, begin, find, finish, shown } = pretendedSearch();
  const signals: AbortSignal[] = [];
  const done = begin(signals);
  find(1);
  search.stop();
  search.stop();
  find(3);
  finish(4);
  await done;
  expect(signals[0]?.aborted).toBe(true);
  expect(shown.at(-1)).toEqual({ found: 1, underWay: false });
  expect(shown).toHaveLength(3);
});

test("a new search stops the one before", async () => {
  const { search, begin, shown } = pretendedSearch();
  const signals: AbortSignal[] = [];
  void begin(signals);
  void begin(signals);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  search.stop();
  expect(shown.map(({ underWay }) => underWay)).toEqual([true, false, true, false]);
  await Promise.resolve();
});

test("a search that fails has ended, and says why", async () => {
  const { begin, fail, shown } = pretendedSearch();
  const done = begin();
  fail(new Error("no"));
  await expect(done).rejects.toThrow("no");
  expect(shown.at(-1)).toEqual({ found: null, underWay: false });
});
