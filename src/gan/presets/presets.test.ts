import { setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { DATA_SETS } from "../../data/catalogue.ts";
import { parseConfig } from "../config.ts";
import { createGan } from "../gan.ts";
import { PRESETS, presetById } from "./index.ts";

beforeAll(async () => {
  await setBackend("cpu");
});

test.for([...PRESETS])("the preset $id is a valid config whose networks fit their data", ({ id, config }) => {
  expect(presetById(id)?.config).toBe(config);
  expect(parseConfig(config)).toEqual({ ok: true, config });
  const gan = createGan(config, DATA_SETS[config.dataSet].shape, config.seed);
  gan.dispose();
});

test("no two presets share an id or a label", () => {
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  expect(new Set(PRESETS.map(({ label }) => label)).size).toBe(PRESETS.length);
});
