import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createThrottle } from "./throttle.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first call acts at once, and many more within the pace act once, at its end", () => {
  const action = vi.fn<(key: string) => void>();
  const throttle = createThrottle(100, action);
  for (let call = 0; call < 20; call++) throttle.call("rate");
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(action).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(action).toHaveBeenCalledTimes(2);
});

test("keys do not wait for each other", () => {
  const action = vi.fn<(key: string) => void>();
  const throttle = createThrottle(100, action);
  throttle.call("rate");
  throttle.call("smoothing");
  expect(action.mock.calls.flat()).toEqual(["rate", "smoothing"]);
});

test("what waits is forgotten on cancel", () => {
  const action = vi.fn<(key: string) => void>();
  const throttle = createThrottle(100, action);
  throttle.call("rate");
  throttle.call("rate");
  throttle.cancel();
  vi.advanceTimersByTime(1000);
  expect(action).toHaveBeenCalledTimes(1);
});
