import { setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { DATA_SETS } from "../../data/catalogue.ts";
import { parseConfig } from "../config.ts";
import { isPointSet } from "../config/dataSets.ts";
import { createGan } from "../gan.ts";
import { differingPaths } from "../settings.ts";
import { PRESET_GROUPS, PRESETS, presetById } from "./index.ts";

beforeAll(async () => {
  await setBackend("cpu");
});

test.for([...PRESETS])("the preset $id is a valid config whose networks fit their data", ({ id, config }) => {
  expect(presetById(id)?.config).toBe(config);
  expect(parseConfig(config)).toEqual({ ok: true, config });
  const { shape, classes } = DATA_SETS[config.dataSet];
  const gan = createGan(config, shape, config.seed, classes.length);
  gan.dispose();
});

test("no two presets share an id or a label", () => {
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  expect(new Set(PRESETS.map(({ label }) => label)).size).toBe(PRESETS.length);
});

test("presets of a group stand together, in the order of the groups", () => {
  const groups = PRESETS.map(({ group }) => group).filter((group, index, all) => group !== all[index - 1]);
  expect(groups).toEqual(
    Object.keys(PRESET_GROUPS).filter((group) => PRESETS.some((preset) => preset.group === group)),
  );
});

test("every failure has a cure that differs in one thing alone, and nothing else has one", () => {
  for (const { group, cure, config } of PRESETS) {
    expect(cure === undefined).toBe(group !== "failure");
    if (cure === undefined) continue;
    const cured = presetById(cure);
    // A penalty comes with its weight and its interval.
    const paths = cured === undefined ? [] : differingPaths(config, cured.config);
    expect([...new Set(paths.map((path) => path.replace(/^(gradientPenalty)\..*/, "$1")))]).toHaveLength(1);
  }
});

test("every expectation has a bound, and a measure that its data set has", () => {
  const ofImages = ["frechet", "score", "covered", "coverage", "sharpness", "checkerboard"];
  const ofPoints = ["modes", "goodShare", "jensenShannon", "wasserstein"];
  for (const { id, config, expects = [] } of PRESETS) {
    for (const { step, measure, atLeast, atMost } of expects) {
      expect(step, id).toBeGreaterThan(0);
      expect(
        [atLeast, atMost].some((bound) => bound !== undefined),
        id,
      ).toBe(true);
      expect(isPointSet(config.dataSet) ? ofImages : ofPoints, id).not.toContain(measure);
    }
  }
});
