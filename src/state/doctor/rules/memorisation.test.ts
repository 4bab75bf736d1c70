import { expect, test } from "vitest";
import { readingOf, signsOf } from "../syntheticSigns.ts";
import { memorisation } from "./memorisation.ts";

const examine = (copies: number) => memorisation.examine(signsOf(500, {}, { quality: readingOf({ copies }, 480) }));

test("is found where many samples are copies, with their share", () => {
  expect(examine(0.5)?.level).toBeGreaterThan(1);
  expect(examine(0.5)?.evidence).toContain("At step 480, 50 % of 32 samples");
});

test("is not found where a few are, as among unseen real images", () => {
  expect(examine(0)?.level).toBe(0);
  expect(examine(0.0625)?.level).toBeLessThan(0.7);
});

test("is not told of samples that nobody measured", () => {
  expect(memorisation.examine(signsOf(500))).toBeNull();
  expect(memorisation.examine(signsOf(500, {}, { quality: readingOf({}) }))).toBeNull();
});
