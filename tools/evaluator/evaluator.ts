/** `npm run evaluator`: trains the classifier that stands behind the measurements, and measures it. `--help` says more. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { EVALUATORS } from "../../src/metrics/evaluator/evaluators.ts";
import { MEASURE_NAMES, MEASURES } from "../../src/metrics/quality.ts";
import { clock, createProgressLine } from "../cli/progressLine.ts";
import { EXIT, runTool, ToolError } from "../cli/usage.ts";
import { prepare } from "../prepare.ts";
import { fromRoot } from "../root.ts";
import { EVALUATOR_HELP, parseEvaluatorArguments, type EvaluatorArguments } from "./evaluatorArguments.ts";
import { makeEvaluator } from "./makeEvaluator.ts";
import type { EvaluatorEvent } from "./workers/contract.ts";

async function evaluator(): Promise<number> {
  const args = parseEvaluatorArguments(process.argv.slice(2));
  if (args === "help") {
    console.log(EVALUATOR_HELP);
    return EXIT.done;
  }
  await prepare();
  const line = createProgressLine(process.stderr, () => performance.now());
  const began = performance.now();
  const done = await makeEvaluator(args, (event) => {
    const text = describeEvent(event, performance.now() - began);
    if (text !== null) line.show(text);
  });
  line.end();
  await write(args, done);
  return EXIT.done;
}

function describeEvent(event: EvaluatorEvent, milliseconds: number): string | null {
  switch (event.type) {
    case "started":
      return `On ${event.device}`;
    case "progress": {
      const { step, steps, loss } = event;
      const left = clock((milliseconds / 1000 / step) * (steps - step));
      return `${String(step)}/${String(steps)} steps  loss ${loss.toFixed(3)}  ${left} left`;
    }
    default:
      return null;
  }
}

async function write({ dataSet }: EvaluatorArguments, done: Extract<EvaluatorEvent, { readonly type: "done" }>) {
  const path = EVALUATORS[dataSet]?.path;
  if (path === undefined) throw new ToolError(`${dataSet} has no evaluator.`);
  const { file, test, real } = done.report;
  const target = fromRoot("public", path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.bin`, Uint8Array.from(done.file));
  await writeFile(`${target}.json`, `${JSON.stringify(done.report, null, 2)}\n`);
  const percent = (100 * test.accuracy).toFixed(2);
  console.log(`${percent} % of ${String(test.images)} test images are right (${String(test.mistakes)} are wrong).`);
  console.log(`Real images, measured ${String(real.subsets)} times in the place of samples:`);
  for (const name of MEASURE_NAMES) {
    const { mean, deviation } = real.measures[name];
    const { label, samples } = MEASURES[name];
    console.log(`  ${label}: ${mean.toFixed(3)} ± ${deviation.toFixed(3)} (${String(samples)} images)`);
  }
  console.log(`${String(file.weights)} weights in ${String(file.bytes)} bytes: public/${path}.bin, .json.`);
}

await runTool("evaluator", evaluator);
