import { describe, expect, test } from "vitest";
import { DEFAULT_CONFIG, parseConfig, type Config } from "./config.ts";
import type { Setting, SettingValue } from "./settings.ts";
import { differingPaths, isLive, readSetting, SETTINGS, settingAt, storedSetting, writeSetting } from "./settings.ts";

/** The config after one change, which must be a valid one. */
function changed(config: Config, path: string, value: SettingValue): Config {
  const parsed = parseConfig(writeSetting(config, path, value));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

/** A value that the default config does not have. */
function otherValue(setting: Setting): SettingValue {
  switch (setting.kind) {
    case "number":
      return setting.range[0];
    case "choice":
      return setting.options.at(-1)?.value ?? "an option is missing";
    case "flag":
      return readSetting(DEFAULT_CONFIG, setting.path) !== true;
    default:
      return setting satisfies never;
  }
}

/** The default config, or one that differs in a single setting, in which a setting has a place. */
function configWithRoomFor({ path }: Setting): Config {
  const candidates = SETTINGS.flatMap((setting) =>
    setting.kind === "choice"
      ? setting.options.map(({ value }) => changed(DEFAULT_CONFIG, setting.path, value))
      : readSetting(DEFAULT_CONFIG, setting.path) === undefined
        ? []
        : [changed(DEFAULT_CONFIG, setting.path, otherValue(setting))],
  );
  const found = [DEFAULT_CONFIG, ...candidates].find((config) => readSetting(config, path) !== undefined);
  if (found === undefined) throw new Error(`no config has a place for ${path}`);
  return found;
}

describe("the table", () => {
  test("gives every setting a path, a label and a URL key of its own", () => {
    for (const field of ["path", "label", "urlKey"] as const) {
      expect(new Set(SETTINGS.map((setting) => setting[field])).size).toBe(SETTINGS.length);
    }
  });

  test.each(SETTINGS.filter((setting) => readSetting(DEFAULT_CONFIG, setting.path) !== undefined))(
    "reads back what it writes for $path",
    (setting) => {
      const value = otherValue(setting);
      expect(readSetting(changed(DEFAULT_CONFIG, setting.path, value), setting.path)).toBe(value);
    },
  );

  test.each(SETTINGS.filter((setting) => setting.kind === "number"))("accepts both ends of $path", (setting) => {
    const config = configWithRoomFor(setting);
    for (const end of setting.range) expect(readSetting(changed(config, setting.path, end), setting.path)).toBe(end);
  });
});

test("another optimiser keeps the learning rate and brings its own fields", () => {
  const config = changed(DEFAULT_CONFIG, "optimizer.generator.type", "rmsprop");
  expect(config.optimizer.generator).toEqual({ type: "rmsprop", learningRate: 2e-4, decay: 0.9 });
  expect(readSetting(config, "optimizer.generator.beta1")).toBeUndefined();
  const lion = changed(config, "optimizer.generator.type", "lion").optimizer.generator;
  expect(lion).toEqual({ type: "lion", learningRate: 2e-4, beta1: 0.9, beta2: 0.99, weightDecay: 0 });
});

test("a gradient penalty is switched on with the weight it was published with, and off again", () => {
  const config = changed(DEFAULT_CONFIG, "gradientPenalty.type", "wganGp");
  expect(config.gradientPenalty).toEqual({ type: "wganGp", weight: 10, every: 1 });
  expect(changed(config, "gradientPenalty.type", "none").gradientPenalty).toBeNull();
});

test("conditioning is switched on with a weight where there is a classifier, and has no place beside points", () => {
  const projected = changed(DEFAULT_CONFIG, "conditioning.type", "projection");
  expect(projected.conditioning).toEqual({ type: "projection" });
  expect(readSetting(projected, "conditioning.weight")).toBeUndefined();
  const classified = changed(projected, "conditioning.type", "auxiliaryClassifier");
  expect(classified.conditioning).toEqual({ type: "auxiliaryClassifier", weight: 1 });
  expect(changed(classified, "conditioning.type", "none").conditioning).toBeNull();
  const points = changed(classified, "dataSet", "ring");
  expect(points.conditioning).toBeNull();
  expect(readSetting(points, "conditioning.type")).toBeUndefined();
});

test("what means nothing beside the other settings has no place, and keeps its value", () => {
  const config = changed(DEFAULT_CONFIG, "loss", "hinge");
  expect(readSetting(config, "labelSmoothing")).toBeUndefined();
  expect(storedSetting(config, "labelSmoothing")).toBe(DEFAULT_CONFIG.labelSmoothing);
  expect(readSetting(changed(config, "loss", "leastSquares"), "labelSmoothing")).toBe(DEFAULT_CONFIG.labelSmoothing);
});

test("writing leaves the config that was given as it was", () => {
  const before = structuredClone(DEFAULT_CONFIG);
  writeSetting(DEFAULT_CONFIG, "optimizer.generator.learningRate", 0.05);
  expect(DEFAULT_CONFIG).toEqual(before);
});

test("the difference of two configs lists settings and networks", () => {
  const other = changed(DEFAULT_CONFIG, "loss", "hinge");
  const deeper = { ...other, generator: [{ type: "tanh" as const }, ...other.generator] };
  expect(differingPaths(DEFAULT_CONFIG, deeper)).toEqual(["loss", "generator"]);
  expect(differingPaths(deeper, deeper)).toEqual([]);
});

test("learning rates are live, the batch size and what the table does not name are not", () => {
  expect(isLive("optimizer.generator.learningRate")).toBe(true);
  expect(isLive("batchSize")).toBe(false);
  expect(isLive("generator")).toBe(false);
  expect(settingAt("no.such.path")).toBeUndefined();
});

test("going from images to points, and back, brings networks that fit; from points to points it brings nothing", () => {
  const points = changed(DEFAULT_CONFIG, "dataSet", "ring");
  expect(points.latentDim).toBe(2);
  expect(points.generator.at(-1)).toEqual({ type: "dense", units: 2, useBias: true });
  const wider = changed(points, "latentDim", 3);
  expect(changed(wider, "dataSet", "moons")).toEqual({ ...wider, dataSet: "moons" });
  expect(changed(points, "dataSet", "mnist")).toEqual(DEFAULT_CONFIG);
});

test("a drawing counts as a difference only where it is trained on", () => {
  const drawing = [[1, 2]] as const;
  expect(differingPaths(DEFAULT_CONFIG, { ...DEFAULT_CONFIG, drawing })).toEqual([]);
  const drawn = changed(DEFAULT_CONFIG, "dataSet", "drawn");
  expect(differingPaths(drawn, { ...drawn, drawing })).toEqual(["drawing"]);
});
