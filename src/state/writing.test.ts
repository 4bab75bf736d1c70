import { expect, test } from "vitest";
import { DEFAULT_CONFIG } from "../gan/config.ts";
import type { Asked } from "../worker/questions/questions.ts";
import { pretendRun, settled } from "./pretendedRun.ts";
import { inOneLine, readNumber, Writer, writesNumbers } from "./writing.ts";

test("digits are read as classes, and anything else gets a clear word", () => {
  expect(readNumber(" 2026 ")).toEqual({ ok: true, classes: [2, 0, 2, 6] });
  expect(readNumber("12a")).toEqual({ ok: false, problem: "“a” is not a digit. Type digits from 0 to 9." });
  expect(readNumber("-1")).toMatchObject({ ok: false });
  expect(readNumber("")).toEqual({ ok: false, problem: "Type a number, such as 2026." });
  expect(readNumber("123456789012")).toMatchObject({ ok: true });
  expect(readNumber("1234567890123")).toEqual({ ok: false, problem: "At most 12 digits fit." });
});

test("only a generator that is told digits writes numbers", () => {
  const conditioning = { type: "projection" } as const;
  expect(writesNumbers({ running: { ...DEFAULT_CONFIG, conditioning } })).toBe(true);
  expect(writesNumbers({ running: DEFAULT_CONFIG })).toBe(false);
  expect(writesNumbers({ running: { ...DEFAULT_CONFIG, dataSet: "ring", conditioning } })).toBe(false);
});

test("images stand side by side in one line", () => {
  const line = inOneLine({ count: 2, shape: [2, 2, 1], pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
  expect(line).toEqual({ count: 1, shape: [2, 4, 1], pixels: Uint8Array.of(1, 2, 5, 6, 3, 4, 7, 8) });
});

test("a number is asked for by its digits, in one hand until another is wished for, and bad input asks for nothing", async () => {
  const { session, asked } = pretendRun(() => "Not now.");
  session.store.setState({ running: { ...DEFAULT_CONFIG, conditioning: { type: "projection" } } });
  const writer = new Writer(session);
  writer.write("704");
  await settled();
  writer.write("70x");
  await settled();
  expect(writer.store.getState().problem).toContain("“x” is not a digit");
  writer.write("70");
  writer.changeHand();
  await settled();
  const render = (first: number, ...classes: readonly number[]): Asked => ({
    name: "render",
    question: { kind: "fresh", first, count: classes.length, classes },
  });
  expect(asked.at(0)).toEqual(render(0, 7, 0, 4));
  expect(asked.at(-1)).toEqual(render(12, 7, 0));
  expect(asked.length).toBeLessThanOrEqual(3);
  expect(writer.store.getState().problem).toBe("Not now. Wait.");
  writer.dispose();
});
