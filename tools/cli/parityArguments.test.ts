/** The command line of `npm run parity`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseParityArguments } from "./parityArguments.ts";
import { UsageError } from "./usage.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "duel-parity-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the arguments of parity", () => {
  test("read every JSON file of the folder by name, broken ones included", () => {
    writeFileSync(join(folder, "b.json"), "{");
    writeFileSync(join(folder, "a.json"), `{ "name": "a" }`);
    writeFileSync(join(folder, "README.md"), "");
    expect(parseParityArguments([folder, "--backend", "webgpu"])).toEqual({
      backend: "webgpu",
      files: [
        { name: "a.json", content: { name: "a" } },
        { name: "b.json", content: undefined },
      ],
    });
  });

  test("refuse a missing or empty folder, an unknown backend and one argument too many", () => {
    const refused = [[], [folder], [join(folder, "none")], [folder, "more"], [folder, "--backend", "tpu"]];
    for (const argv of refused) expect(() => parseParityArguments(argv)).toThrow(UsageError);
  });
});
