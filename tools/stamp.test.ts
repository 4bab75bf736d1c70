import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashFiles } from "./stamp.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "duel-stamp-"));
  await mkdir(join(folder, "inner"));
  await writeFile(join(folder, "inner", "a.txt"), "one");
  await writeFile(join(folder, "b.txt"), "two");
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("a hash stays while nothing changes", async () => {
  expect(await hashFiles([folder])).toBe(await hashFiles([folder]));
});

test.each([
  ["a changed byte, however deep", () => writeFile(join(folder, "inner", "a.txt"), "onE")],
  ["a new file", () => writeFile(join(folder, "c.txt"), "")],
  ["a file that is gone", () => rm(join(folder, "b.txt"))],
  [
    "bytes that moved from one file to another",
    async () => {
      await writeFile(join(folder, "b.txt"), "tw");
      await writeFile(join(folder, "inner", "a.txt"), "oone");
    },
  ],
])("%s changes the hash", async (_, change) => {
  const before = await hashFiles([folder]);
  await change();
  expect(await hashFiles([folder])).not.toBe(before);
});

test("a path that does not exist counts as missing, and its arrival changes the hash", async () => {
  const later = join(folder, "later.txt");
  const before = await hashFiles([join(folder, "b.txt"), later]);
  await writeFile(later, "here");
  expect(await hashFiles([join(folder, "b.txt"), later])).not.toBe(before);
});
