import { expect, test } from "vitest";
import { StepClock } from "./stepClock.ts";

test("steps of a batch share its time, which begins where the batch before it ended", () => {
  let time = 100;
  const clock = new StepClock(() => time);
  const first = clock.beginStep();
  expect(clock.beginStep()).toBe(first);
  clock.endBatch();
  time = 104;
  const second = clock.beginStep();
  expect(second).not.toBe(first);
  clock.endBatch();
  time = 110;
  expect(clock.measure(first)).toEqual({ milliseconds: 5, at: 105 });
  expect(clock.measure(first)).toEqual({ milliseconds: 5, at: 110 });
  // Begun while the first was under way, so that only what came after it counts.
  time = 113;
  expect(clock.measure(second)).toEqual({ milliseconds: 3, at: 113 });
});

test("more steps go together as they prove short", () => {
  let time = 0;
  const clock = new StepClock(() => time);
  const made: number[] = [];
  for (let batches = 0; batches < 4; batches++) {
    made.push(clock.together);
    const begun = Array.from({ length: clock.together }, () => clock.beginStep());
    clock.endBatch();
    time += 6 * begun.length;
    for (const batch of begun) clock.measure(batch);
  }
  expect(made).toEqual([1, 2, 4, 5]);
});
