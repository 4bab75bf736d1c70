import { describe, expect, test } from "vitest";
import { formatNumber, formatTable } from "./markdown.ts";

test("a table's columns line up, text at the left and numbers at the right", () => {
  expect(formatTable(["a", "long"], [["text", "1"]])).toBe("| a    | long |\n| ---- | ---: |\n| text |    1 |");
});

describe("numbers keep about three digits", () => {
  test.each([
    [0, "0"],
    [0.1234, "0.123"],
    [1.234, "1.23"],
    [12.34, "12.3"],
    [123.4, "123"],
    [83_000, "83,000"],
    [null, "–"],
  ])("%j", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});
