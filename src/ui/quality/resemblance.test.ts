import { expect, test } from "vitest";
import { placeOnScale, resemblanceOf } from "./resemblance.ts";

const UNSEEN = { typical: 0.15, near: 0.05 };

test("only a sample nearer than nearly all unseen images is called a copy", () => {
  expect(resemblanceOf(0, UNSEEN)).toBe("copy");
  expect(resemblanceOf(0.049, UNSEEN)).toBe("copy");
  expect(resemblanceOf(0.05, UNSEEN)).toBe("usual");
  expect(resemblanceOf(0.15, UNSEEN)).toBe("usual");
  expect(resemblanceOf(0.2, UNSEEN)).toBe("far");
});

test("distances lie in their order on a scale, and never beyond its end", () => {
  const places = [0, UNSEEN.near, UNSEEN.typical, 0.2, 5].map((distance) => placeOnScale(distance, UNSEEN));
  expect(places).toEqual(places.toSorted((left, right) => left - right));
  expect([places[0], places.at(-1)]).toEqual([0, 1]);
});
