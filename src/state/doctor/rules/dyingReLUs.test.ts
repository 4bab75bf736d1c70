import { expect, test } from "vitest";
import { signsOf } from "../syntheticSigns.ts";
import { dyingReLUs } from "./dyingReLUs.ts";

const examine = (...dead: readonly number[]) =>
  dyingReLUs.examine(
    signsOf(
      10,
      {},
      {
        deadUnits: {
          samples: 64,
          layers: dead.map((count, index) => ({ layer: 2 * index + 1, units: 100, dead: count })),
        },
      },
    ),
  );

test("is found where most units of one layer are dead, and says of which", () => {
  expect(examine(3, 80)?.level).toBeGreaterThan(1);
  expect(examine(3, 80)?.evidence).toBe(
    "In layer 4 of the generator 80 % of 100 units were zero for all of 64 samples.",
  );
});

test("is not found where some are, or where there is no ReLU", () => {
  expect(examine(20, 30)?.level).toBeLessThan(0.7);
  expect(examine()).toBeNull();
  expect(dyingReLUs.examine(signsOf(10))).toBeNull();
});
