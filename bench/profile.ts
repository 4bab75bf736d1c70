/** `npm run profile`: where a step on the SIMD backend spends its time, command by command. `--help` says more. */
import { presetById } from "../src/gan/presets/index.ts";
import { createProgressLine } from "../tools/cli/progressLine.ts";
import { EXIT, parseOptions, runTool, UsageError, wholeNumber } from "../tools/cli/usage.ts";
import { formatNumber, formatTable } from "../tools/markdown.ts";
import { prepare } from "../tools/prepare.ts";
import { openBrowser } from "./browser.ts";
import { describeCommand } from "./commands.ts";
import { ask } from "./subjects.ts";
import type { ProfiledCommand } from "./workers/contract.ts";

const OPTIONS = {
  threads: { type: "string", default: "1" },
  steps: { type: "string", default: "60" },
  order: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

const HELP = `Times every command of a recorded training step on the SIMD backend.

  npm run profile [-- PRESET] [--threads N] [--steps N] [--order]

  PRESET        mnist-mlp if none is given
  --threads N   threads that share each command (${OPTIONS.threads.default})
  --steps N     steps to take; of every command the fastest quarter counts (${OPTIONS.steps.default})
  --order       every command in the order of the step, instead of those alike together`;

const PATIENCE_MILLISECONDS = 300_000;
/** Steps before it begins, in which compilers and recorders do their work. */
const WARM_UP_STEPS = 40;

interface Row {
  readonly text: string;
  readonly count: number;
  readonly flop: number;
  readonly microseconds: number;
}

async function profile(): Promise<number> {
  const { values, positionals } = parseOptions(process.argv.slice(2), OPTIONS);
  if (values.help) {
    console.log(HELP);
    return EXIT.done;
  }
  const [id = "mnist-mlp"] = positionals;
  const preset = presetById(id);
  if (preset === undefined) throw new UsageError(`There is no preset ${id}.`);
  const threads = wholeNumber("--threads", values.threads, 1, 64);
  const steps = wholeNumber("--steps", values.steps, 1, 10_000);
  await prepare();
  const line = createProgressLine(process.stderr, () => performance.now());
  const browser = await openBrowser();
  try {
    const place = { subject: "duel", backend: "simd", threads, multiplies: false } as const;
    const subject = await browser.open(place);
    const start = { type: "start", config: preset.config, backend: "simd", threads } as const;
    const { device } = await ask(subject, start, PATIENCE_MILLISECONDS);
    line.show(`${id}, warming up`);
    await ask(subject, { type: "burst", steps: WARM_UP_STEPS }, PATIENCE_MILLISECONDS);
    line.show(`${id}, ${String(steps)} steps`);
    const { commands } = await ask(subject, { type: "profile", steps }, PATIENCE_MILLISECONDS);
    const whole = await ask(subject, { type: "burst", steps }, PATIENCE_MILLISECONDS);
    line.end();
    console.log(`\n${id} on ${device}: ${formatNumber(whole.milliseconds / steps)} ms a step.\n`);
    console.log(describe(commands.map(rowOf), values.order));
  } finally {
    await browser.close();
  }
  return EXIT.done;
}

function rowOf({ words, microseconds }: ProfiledCommand): Row {
  return { ...describeCommand(words), count: 1, microseconds };
}

function describe(rows: readonly Row[], inOrder: boolean): string {
  const all = rows.reduce((sum, { microseconds }) => sum + microseconds, 0);
  const shown = inOrder ? rows : together(rows).toSorted((a, b) => b.microseconds - a.microseconds);
  const total = {
    text: "all",
    count: rows.length,
    flop: rows.reduce((sum, { flop }) => sum + flop, 0),
    microseconds: all,
  };
  return formatTable(
    ["command", "times", "µs", "share %", "GFLOP/s"],
    [...shown, total].map(({ text, count, flop, microseconds }) => [
      text,
      String(count),
      formatNumber(microseconds),
      formatNumber((100 * microseconds) / all),
      flop === 0 ? "–" : formatNumber(flop / microseconds / 1000),
    ]),
  );
}

/** Commands that say the same of themselves, as one. */
function together(rows: readonly Row[]): readonly Row[] {
  const byText = new Map<string, Row>();
  for (const row of rows) {
    const before = byText.get(row.text);
    byText.set(row.text, before === undefined ? row : sumOf(before, row));
  }
  return [...byText.values()];
}

function sumOf(a: Row, b: Row): Row {
  return {
    text: a.text,
    count: a.count + b.count,
    flop: a.flop + b.flop,
    microseconds: a.microseconds + b.microseconds,
  };
}

await runTool("profile", profile);
