import { expect, test } from "vitest";
import { formatCount } from "./counts.ts";

test("thousands stand apart", () => {
  expect([0, 999, 2721, 1_000_000].map(formatCount)).toEqual(["0", "999", "2,721", "1,000,000"]);
});
