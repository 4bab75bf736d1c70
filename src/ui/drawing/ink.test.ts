import { expect, test } from "vitest";
import { inkOf } from "./ink.ts";

test("a colour is ink of as many channels as the image has", () => {
  expect(inkOf("#ff8001", 3)).toEqual([255, 128, 1]);
  expect(inkOf("#ffffff", 1)).toEqual([255]);
  expect(inkOf("#000000", 1)).toEqual([0]);
});
