/** The page of outcomes, docs/presets.md, out of what was measured. It must not measure anything, or touch a file. */
import { formatCount } from "../../src/shared/counts.ts";
import { isPointSet } from "../../src/gan/config.ts";
import { PRESET_GROUPS, type Preset, type PresetGroup } from "../../src/gan/presets/index.ts";
import { checkExpectations, describeVerdict } from "./expectations.ts";
import { describeMeasures } from "./measures.ts";
import type { Outcome, Outcomes } from "./outcomes.ts";

/** Where pictures lie, seen from the page. */
export const PICTURES = "presets";

/** Presets whose pictures stand at the top, where they have been trained. */
const SHOWN_FIRST = ["mnist-conditional-dcgan", "points-eight-gaussians", "failure-mode-collapse"] as const;

/** The whole page. Presets without an outcome are only named. */
export function presetsPage(presets: readonly Preset[], outcomes: Outcomes): string {
  const trained = presets.flatMap((preset) => {
    const outcome = outcomes[preset.id];
    return outcome === undefined ? [] : [{ preset, outcome }];
  });
  const groups = (Object.keys(PRESET_GROUPS) as readonly PresetGroup[])
    .map((group) => ({ group, rows: trained.filter(({ preset }) => preset.group === group) }))
    .filter(({ rows }) => rows.length > 0);
  return [
    "# What becomes of the presets",
    strip(trained.filter(({ preset }) => (SHOWN_FIRST as readonly string[]).includes(preset.id))),
    introduction(trained.map(({ outcome }) => outcome)),
    waiting(presets.filter(({ id }) => outcomes[id] === undefined)),
    ...groups.map(({ group, rows }) => `## ${PRESET_GROUPS[group]}\n\n${table(rows)}`),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

interface Trained {
  readonly preset: Preset;
  readonly outcome: Outcome;
}

function strip(shown: readonly Trained[]): string {
  if (shown.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(shown.map(({ preset }) => preset.label)),
    line(shown.map(() => "---")),
    line(shown.map((trained) => picture(trained))),
  ].join("\n");
}

function introduction(outcomes: readonly Outcome[]): string {
  return `\`npm run presets\` trains every preset from its own seed, measures it at a few steps, and writes this page and the numbers
behind it, [${PICTURES}/outcomes.json](${PICTURES}/outcomes.json). One seed each: another gives other numbers. The
pictures are the probe, the same latents each time: of images the first twenty (ten classes and two hands, where classes are
told; five of them, larger, where single pixels matter), from the earliest step down to the latest; of points all 512, from
left to right. Seconds are those of training alone. ✓ and ✗ tell whether what a preset promises came true.

${machines(outcomes)}`;
}

function waiting(presets: readonly Preset[]): string {
  if (presets.length === 0) return "";
  return `Not trained yet: ${presets.map(({ id }) => `\`${id}\``).join(", ")}.`;
}

/** Everywhere that presets were trained. Loads of one place are told from the least to the largest. */
function machines(outcomes: readonly Outcome[]): string {
  const loads = new Map<string, number[]>();
  for (const { backend, device, processor, load } of outcomes.map(({ machine }) => machine)) {
    const place = `\`${backend}\` (${device}), ${processor}`;
    loads.set(place, [...(loads.get(place) ?? []), load]);
  }
  return [...loads].map(([place, seen]) => `Trained on ${place}${describeLoad(seen)}.`).join("\n");
}

function describeLoad(seen: readonly number[]): string {
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  if (most === 0) return "";
  return `, at a mean load of ${least.toFixed(1)} to ${most.toFixed(1)} tasks; where that is more than there are cores, seconds are too many`;
}

function table(rows: readonly Trained[]): string {
  return [
    "| preset | probe | what came out |",
    "| --- | --- | --- |",
    ...rows.map(
      (trained) =>
        `| **${trained.preset.label}**<br>\`${trained.preset.id}\` | ${picture(trained)} | ${lines(trained).join("<br>")} |`,
    ),
  ].join("\n");
}

function lines({ preset, outcome }: Trained): readonly string[] {
  const { moments, divergedAt } = outcome;
  return [
    ...moments.map(
      ({ step, seconds, measures }) =>
        `**${formatCount(step)}**, ${describeSeconds(seconds)}: ${describeMeasures(measures)}`,
    ),
    ...(divergedAt === null
      ? []
      : [`**Diverged** at step ${formatCount(divergedAt)}: a number became infinite, or none.`]),
    ...checkExpectations(preset, outcome).map(describeVerdict),
  ];
}

/** With words for who cannot see it. */
function picture({ preset: { id, label, config }, outcome: { moments } }: Trained): string {
  const steps = moments.map(({ step }) => formatCount(step)).join(", ");
  const what = isPointSet(config.dataSet) ? "points" : "images";
  return `![${label}: ${what} ${steps === "" ? "before the first measurement" : `at steps ${steps}`}](${PICTURES}/${id}.png)`;
}

export function describeSeconds(seconds: number): string {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds).toLocaleString("en")} s`;
}
