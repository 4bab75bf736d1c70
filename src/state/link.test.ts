import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Config } from "../gan/config.ts";
import { parseConfig } from "../gan/config.ts";
import { PRESETS } from "../gan/presets/index.ts";
import type { NumberSetting, Setting, SettingValue } from "../gan/settings.ts";
import { SETTINGS, writeSetting } from "../gan/settings.ts";
import type { ParsedLink } from "./link.ts";
import { DEFAULT_PRESET, readLink, writeLink } from "./link.ts";

function problemsOf(link: ParsedLink): readonly string[] {
  return link.ok ? [] : link.problems;
}

function numberIn({ range: [minimum, maximum], integer }: NumberSetting): fc.Arbitrary<number> {
  return integer === true
    ? fc.integer({ min: minimum, max: maximum })
    : fc.double({ min: minimum, max: maximum, noNaN: true });
}

/** One change of a setting: its path and a value it may have. */
function change(setting: Setting): fc.Arbitrary<readonly [string, SettingValue]> {
  if (setting.kind === "choice") {
    return fc.constantFrom(...setting.options.map((option) => [setting.path, option.value] as const));
  }
  if (setting.kind === "flag") return fc.boolean().map((value) => [setting.path, value] as const);
  const number = numberIn(setting);
  const value = setting.whenSwitchedOn === undefined ? number : fc.option(number, { nil: null });
  return value.map((chosen) => [setting.path, chosen] as const);
}

/** A preset with any settings changed, in any order, as a person would: what does not fit is refused and left. */
const linkedConfigs = fc
  .tuple(
    fc.constantFrom(...PRESETS),
    fc.array(fc.oneof(...SETTINGS.map(change)), { maxLength: 12 }),
    fc.constantFrom(...PRESETS),
    fc.boolean(),
  )
  .map(([preset, changes, other, takesNetworks]) => {
    let config: Config = preset.config;
    for (const [path, value] of changes) {
      const parsed = parseConfig(writeSetting(config, path, value));
      if (parsed.ok) config = parsed.config;
    }
    if (takesNetworks) {
      config = { ...config, generator: other.config.generator, discriminator: other.config.discriminator };
    }
    return { presetId: preset.id, config };
  });

describe("a link", () => {
  test("gives back every config that was written into it", () => {
    fc.assert(
      fc.property(linkedConfigs, ({ presetId, config }) => {
        expect(readLink(writeLink({ presetId, config }))).toEqual({ ok: true, presetId, config, place: "train" });
      }),
    );
  });

  test("says only what differs from its preset", () => {
    const { id, config } = DEFAULT_PRESET;
    expect(writeLink({ presetId: id, config })).toBe(`#preset=${id}`);
    expect(writeLink({ presetId: id, config: { ...config, batchSize: 32 } })).toBe(`#preset=${id}&batch=32`);
    expect(writeLink({ presetId: id, config: { ...config, generator: config.generator.slice(1) } })).toContain(
      "&generator=",
    );
  });

  test("carries a drawing that is trained on, and refuses one that is none", () => {
    const drawing = [
      [0, 255],
      [16, 7],
    ] as const;
    const base = writeSetting(DEFAULT_PRESET.config, "dataSet", "drawn") as Config;
    const hash = writeLink({ presetId: DEFAULT_PRESET.id, config: { ...base, drawing } });
    expect(hash).toContain("&drawing=00ff1007");
    expect(readLink(hash).config.drawing).toEqual(drawing);
    for (const strange of ["", "00f", "00fg", "%3Cscript%3E"]) {
      expect(problemsOf(readLink(`#drawing=${strange}`)).join(" ")).toContain("four hexadecimal digits a point");
    }
    expect(problemsOf(readLink(`#drawing=${"0000".repeat(401)}`)).join(" ")).toContain("at most 400 points");
  });

  test("that is empty stands for the first preset", () => {
    for (const hash of ["", "#"]) {
      expect(readLink(hash)).toEqual({
        ok: true,
        presetId: DEFAULT_PRESET.id,
        config: DEFAULT_PRESET.config,
        place: "train",
      });
    }
  });

  test.each([
    ["#colour=red", /“colour” is not something a link can set/],
    ["#__proto__=1", /“__proto__” is not something/],
    ["#constructor=x", /“constructor” is not something/],
    ["#place=atlantis", /no place called “atlantis”/],
    ["#place=toString", /no place called “toString”/],
    ["#preset=mona-lisa", /no preset called “mona-lisa”/],
    ["#batch=many", /Batch size \(batch\) is “many”; it must be a number from 1 to 512/],
    ["#batch=1e99", /batchSize is 1e\+99; it must be a whole number from 1 to 512/],
    ["#batch=2.5", /batchSize is 2\.5; it must be a whole number/],
    ["#batch=0x10", /“0x10”/],
    ["#batch=Infinity", /“Infinity”/],
    ["#batch=32&batch=64", /“batch” is set more than once/],
    ["#loss=greed", /Loss \(loss\) is “greed”; it must be one of nonSaturating/],
    ["#clip=on", /a number from 0\.001 to 1, or "off"/],
    ["#gMomentum=0.5", /In “gMomentum”/],
    ["#penaltyWeight=3", /In “penaltyWeight”/],
    ["#generator=[{", /layers of the generator are not valid JSON/],
    ["#generator=[]", /generator is \[\]; it must be at least one layer/],
    ['#generator=[{"type":"attention"}]', /a layer type that Duel knows/],
    ['#discriminator={"__proto__":{"polluted":1}}', /discriminator/],
    ["#<script>alert(1)</script>", /“<script>alert\(1\)<\/script>” is not something/],
  ])("like %s is refused with the reason, and the default stands", (hash, reason) => {
    const link = readLink(hash);
    expect(problemsOf(link).join(" ")).toMatch(reason);
    expect(link.config).toBe(DEFAULT_PRESET.config);
    expect(link.presetId).toBe(DEFAULT_PRESET.id);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("of a million characters is refused unread", () => {
    const link = readLink(`#generator=${"[".repeat(1_000_000)}`);
    expect(problemsOf(link)).toEqual([expect.stringContaining("1,000,010 characters long")]);
  });

  test("of any text at all gives a config and never throws", () => {
    const keys = fc.constantFrom("preset", "generator", ...SETTINGS.map((setting) => setting.urlKey));
    const almost = fc.array(fc.tuple(keys, fc.string())).map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost), (hash) => {
        const link = readLink(hash);
        expect(parseConfig(link.config).ok).toBe(true);
        if (!link.ok) expect(link.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
