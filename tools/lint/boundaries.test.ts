import { readFileSync } from "node:fs";
import { ESLint } from "eslint";
import { describe, expect, test } from "vitest";
import { fromRoot } from "../root.ts";
import { boundariesConfig } from "./boundaries.js";

const eslint = new ESLint({
  cwd: fromRoot(),
  overrideConfigFile: true,
  overrideConfig: boundariesConfig,
});

/** The rules that a file of that text would break. */
async function brokenRules(path: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: fromRoot(path) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const BOUNDARY = ["boundaries/dependencies"];

describe("the import rules catch", () => {
  test.each([
    ["the page importing the engine", "src/ui/planted.ts", "../engine/readback.ts"],
    ["the page importing the worker's client", "src/ui/planted.ts", "../worker/client.ts"],
    ["state importing the training step", "src/state/planted.ts", "../gan/trainStep.ts"],
    ["state importing the page", "src/state/planted.ts", "../ui/commands.ts"],
    ["the engine importing a config", "src/engine/planted.ts", "../gan/config.ts"],
    ["shared importing anything of the house", "src/shared/planted.ts", "../engine/backends.ts"],
    ["data importing the engine", "src/data/planted.ts", "../engine/readback.ts"],
    ["gan importing the worker", "src/gan/planted.ts", "../worker/client.ts"],
    ["the application importing the worker's client in place of state", "src/app/planted.ts", "../worker/client.ts"],
    ["an exporter importing the network itself", "src/export/planted.ts", "../gan/network.ts"],
    ["storage importing state", "src/storage/planted.ts", "../state/session.ts"],
    ["React in the worker", "src/worker/planted.ts", "react"],
    ["zustand in a measurement", "src/metrics/planted.ts", "zustand"],
    ["TensorFlow.js in the page", "src/ui/planted.ts", "@tensorflow/tfjs-core"],
    ["TensorFlow.js in the data's loader", "src/data/planted.ts", "@tensorflow/tfjs-core"],
    ["Node in a source file", "src/worker/planted.ts", "node:fs"],
  ])("%s", async (_, path, imported) => {
    expect(await brokenRules(path, `import "${imported}";\n`)).toEqual(BOUNDARY);
  });

  test("types as well as values", async () => {
    const text = 'import type { Readback } from "../engine/readback.ts";\nexport type Planted = Readback;\n';
    expect(await brokenRules("src/ui/planted.ts", text)).toEqual(BOUNDARY);
  });

  test("a circle of imports", async () => {
    const random = readFileSync(fromRoot("src/shared/random.ts"), "utf8");
    const circle = `import { permute } from "./permutation.ts";\nexport const order = permute;\n${random}`;
    expect(await brokenRules("src/shared/random.ts", random)).toEqual([]);
    expect(await brokenRules("src/shared/random.ts", circle)).toEqual(["import-x/no-cycle"]);
  });

  test("a file outside every layer", async () => {
    expect(await brokenRules("src/planted.ts", "export const planted = 1;\n")).toEqual(["boundaries/no-unknown-files"]);
  });
});

describe("the import rules allow", () => {
  test.each([
    ["the page importing state", "src/ui/planted.ts", "../state/session.ts"],
    ["the page importing the presets", "src/ui/planted.ts", "../gan/presets/table.ts"],
    ["state importing the settings", "src/state/planted.ts", "../gan/settings.ts"],
    ["state importing the worker's client", "src/state/planted.ts", "../worker/client.ts"],
    ["the page without a screen importing the worker's client", "src/app/headless.ts", "../worker/client.ts"],
    ["the worker importing the training step", "src/worker/planted.ts", "../gan/trainStep.ts"],
    ["the training step importing operations", "src/gan/planted.ts", "../engine/readback.ts"],
    ["React in the page", "src/ui/planted.tsx", "react"],
    ["Node in a test", "src/gan/planted.test.ts", "node:fs"],
  ])("%s", async (_, path, imported) => {
    expect(await brokenRules(path, `import "${imported}";\n`)).toEqual([]);
  });
});
