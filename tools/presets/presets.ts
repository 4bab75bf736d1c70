/** `npm run presets`: trains every preset, measures what becomes of it, and checks what it promises. `--help` says more. */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PRESETS, type Preset } from "../../src/gan/presets/index.ts";
import { EVALUATORS } from "../../src/metrics/evaluator/evaluators.ts";
import type { EvaluatorReport } from "../../src/metrics/evaluator/report.ts";
import { present } from "../../src/shared/invariant.ts";
import type { WorkerEvent } from "../../src/worker/protocol.ts";
import { createProgressLine, describeProgress } from "../cli/progressLine.ts";
import { openSession } from "../cli/session.ts";
import { EXIT, runTool, ToolError } from "../cli/usage.ts";
import { fromRoot } from "../root.ts";
import { checkExpectations, describeVerdict } from "./expectations.ts";
import { describeMeasures } from "./measures.ts";
import { isCurrent, mergeOutcome, parseOutcomes, stepsOf, writeOutcomes, type Outcomes } from "./outcomes.ts";
import { parsePresetsArguments, PRESETS_HELP, type PresetsArguments } from "./presetsArguments.ts";
import { describeSeconds, PICTURES, presetsPage } from "./presetsPage.ts";
import { qualityTable, replacePart } from "./qualityTable.ts";
import { sheetOfProbe, smallPngOf } from "./sheet.ts";
import { trainPreset, type TrainedPreset } from "./trainPreset.ts";

/** The part of BENCHMARKS.md that is written here. */
const PART = "quality of presets";

async function presets(): Promise<number> {
  const args = parsePresetsArguments(process.argv.slice(2));
  if (args === "help") {
    console.log(PRESETS_HELP);
    return EXIT.done;
  }
  const chosen = args.render ? [] : (args.presets ?? (await presetsToTrain(args)));
  for (const [index, preset] of chosen.entries()) {
    console.log(`\n${preset.id} (${index + 1} of ${chosen.length})`);
    const trained = await trainAlone(preset, args);
    await mkdir(join(folderOf(args), PICTURES), { recursive: true });
    await writeFile(
      join(folderOf(args), PICTURES, `${preset.id}.png`),
      smallPngOf(sheetOfProbe(trained.probes, preset.closeUp)),
    );
    // Read anew, since another preset may have been trained meanwhile.
    await writePages(args, mergeOutcome(await readOutcomes(args), PRESETS, preset.id, trained.outcome));
    for (const { step, seconds, measures } of trained.outcome.moments) {
      console.log(`  ${step} steps, ${describeSeconds(seconds)}: ${describeMeasures(measures)}`);
    }
  }
  const outcomes = await readOutcomes(args);
  if (chosen.length === 0) await writePages(args, outcomes);
  return judge(outcomes);
}

async function presetsToTrain(args: PresetsArguments): Promise<readonly Preset[]> {
  const outcomes = await readOutcomes(args);
  const stale = PRESETS.filter(
    (preset) => !isCurrent(outcomes[preset.id], preset.config, stepsOf(preset, args.mostSteps)),
  );
  console.log(`${PRESETS.length - stale.length} of ${PRESETS.length} presets have an outcome that is up to date.`);
  return stale;
}

/** In a browser of its own, so that no number hangs on what was trained before. */
async function trainAlone(preset: Preset, { mostSteps, backend }: PresetsArguments): Promise<TrainedPreset> {
  const steps = stepsOf(preset, mostSteps);
  const session = await openSession();
  const line = createProgressLine(process.stderr, () => performance.now());
  const listener = (event: WorkerEvent) => {
    if (event.type === "progress") line.show(describeProgress(event, present(steps.at(-1), "the last step")));
  };
  try {
    return await trainPreset(session, preset, { steps, backend }, listener);
  } finally {
    line.end();
    await session.close();
  }
}

/** Prints what holds, and gives the exit code. */
function judge(outcomes: Outcomes): number {
  const results = PRESETS.flatMap((preset) => {
    const outcome = outcomes[preset.id];
    const verdicts = outcome === undefined ? [] : checkExpectations(preset, outcome);
    if (verdicts.length > 0) console.log(`\n${preset.id}`);
    for (const verdict of verdicts) console.log(`  ${describeVerdict(verdict)}`);
    return verdicts.map(({ result }) => result);
  });
  const count = (wanted: (typeof results)[number]) => results.filter((result) => result === wanted).length;
  console.log(
    `\n${count("holds")} expectations hold, ${count("fails")} fail, ${count("notReached")} were not reached.`,
  );
  return count("fails") === 0 ? EXIT.done : EXIT.failed;
}

function folderOf({ out }: PresetsArguments): string {
  return out ?? fromRoot("docs");
}

function outcomesFile(args: PresetsArguments): string {
  return join(folderOf(args), PICTURES, "outcomes.json");
}

async function readOutcomes(args: PresetsArguments): Promise<Outcomes> {
  const path = outcomesFile(args);
  if (!existsSync(path)) return {};
  try {
    return parseOutcomes(await readFile(path, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${path} holds no outcomes: ${reason}\nMend it, or move it away and train all presets anew.`);
  }
}

/** Everything that is made of the outcomes, and the outcomes themselves. */
async function writePages(args: PresetsArguments, outcomes: Outcomes): Promise<void> {
  await mkdir(join(folderOf(args), PICTURES), { recursive: true });
  await writeFile(outcomesFile(args), writeOutcomes(outcomes));
  await writeFile(join(folderOf(args), "presets.md"), presetsPage(PRESETS, outcomes));
  if (args.out !== null) return;
  const { real } = JSON.parse(
    await readFile(fromRoot("public", `${present(EVALUATORS.mnist, "the evaluator of MNIST").path}.json`), "utf8"),
  ) as EvaluatorReport;
  const benchmarks = fromRoot("BENCHMARKS.md");
  const table = qualityTable(PRESETS, outcomes, real);
  await writeFile(benchmarks, replacePart(await readFile(benchmarks, "utf8"), PART, table));
}

await runTool("presets", presets);
