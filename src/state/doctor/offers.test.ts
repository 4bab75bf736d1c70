import { expect, test } from "vitest";
import { DEFAULT_CONFIG, parseConfig } from "../../gan/config.ts";
import { isLive, settingAt, writeSetting } from "../../gan/settings.ts";
import { PRESETS } from "../../gan/presets/index.ts";
import { offersOf } from "./offers.ts";
import { RULES } from "./rules.ts";

test("every remedy is a live setting of the table", () => {
  for (const { title, remedies } of RULES) {
    expect([title, remedies.length > 0]).toEqual([title, true]);
    for (const { path } of remedies)
      expect([path, settingAt(path) !== undefined && isLive(path)]).toEqual([path, true]);
  }
});

test("what is offered for any preset is a config, and another one than before", () => {
  for (const { id, config } of PRESETS) {
    for (const rule of RULES) {
      for (const { path, before, after } of offersOf(rule, config)) {
        expect(after).not.toBe(before);
        expect([id, path, parseConfig(writeSetting(config, path, after)).ok]).toEqual([id, path, true]);
      }
    }
  }
});

test("a setting that a config has no place for is not offered", () => {
  const sgd = { type: "sgd", learningRate: 0.1, momentum: 0.5 } as const;
  const config = { ...DEFAULT_CONFIG, optimizer: { ...DEFAULT_CONFIG.optimizer, generator: sgd } };
  const paths = RULES.flatMap((rule) => offersOf(rule, config)).map(({ path }) => path);
  expect(paths).toContain("optimizer.generator.learningRate");
  expect(paths).not.toContain("optimizer.generator.beta1");
});
