import { expect, test } from "vitest";
import { copiedShare, copyDistance, typicalDistance } from "./memorisation.ts";

test("one in a hundred unseen images counts as a copy, and every sample nearer than it", () => {
  const unseen = Array.from({ length: 1000 }, (_, index) => ((index * 7919) % 1000) / 1000);
  const threshold = copyDistance(unseen);
  expect(copiedShare(unseen, threshold)).toBe(0.01);
  expect(copiedShare([0, 0.001, 0.5, 0.9], threshold)).toBe(0.5);
  expect(copiedShare([0, 0, 0], threshold)).toBe(1);
});

test("half of all unseen images are nearer than is typical", () => {
  const unseen = Array.from({ length: 1000 }, (_, index) => ((index * 7919) % 1000) / 1000);
  expect(copiedShare(unseen, typicalDistance(unseen))).toBe(0.5);
});
