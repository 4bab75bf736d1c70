/** The table of BENCHMARKS.md that says how good the digits of each preset are, out of what was measured. */
import { formatCount } from "../../src/shared/counts.ts";
import type { DataSetName } from "../../src/gan/config.ts";
import type { OutcomeMeasure, Preset } from "../../src/gan/presets/index.ts";
import { MEASURES, type MeasureName, type RealQuality } from "../../src/metrics/quality.ts";
import { formatTable, NOTHING } from "../markdown.ts";
import { formatMeasure } from "./measures.ts";
import type { Outcomes } from "./outcomes.ts";

const DATA_SET: DataSetName = "mnist";

const COLUMNS = ["score", "frechet", "covered", "coverage"] as const satisfies readonly (OutcomeMeasure &
  MeasureName)[];

/** A row a preset and step, in the order of the presets, under a row of real images in the place of samples. */
export function qualityTable(presets: readonly Preset[], outcomes: Outcomes, real: RealQuality): string {
  const header = ["preset", "step", ...COLUMNS.map((name) => MEASURES[name].label), "seconds"];
  const floor = COLUMNS.map((name) => formatMeasure(name, real.measures[name].mean));
  const rows = presets
    .filter(({ config }) => config.dataSet === DATA_SET)
    .flatMap(({ id, label }) =>
      (outcomes[id]?.moments ?? []).map(({ step, seconds, measures }) => [
        label,
        formatCount(step),
        ...COLUMNS.map((name) => {
          const value = measures[name];
          return value === undefined ? NOTHING : formatMeasure(name, value);
        }),
        seconds.toFixed(seconds < 10 ? 1 : 0),
      ]),
    );
  return formatTable(header, [["unseen real digits", NOTHING, ...floor, NOTHING], ...rows]);
}

/** The text with what stands between two comments of that name replaced. Throws an Error where it has no such place. */
export function replacePart(text: string, name: string, content: string): string {
  const [from, to] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const start = text.indexOf(from);
  const end = text.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error(`There is no place for it between ${from} and ${to}.`);
  return `${text.slice(0, start + from.length)}\n\n${content}\n\n${text.slice(end)}`;
}
