/** `npm run train`: trains without a screen and writes what comes out. `--help` says more. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WorkerEvent } from "../../src/worker/protocol.ts";
import { csvOf } from "./csv.ts";
import { gridOf, pngOf, stripOf } from "./imageGrid.ts";
import { npyOfBytes, npyOfFloats } from "./npy.ts";
import { createProgressLine, describeProgress } from "./progressLine.ts";
import type { FreshSamples } from "./runReader.ts";
import { openSession } from "./session.ts";
import { parseTrainArguments, TRAIN_HELP } from "./trainArguments.ts";
import type { TrainArguments } from "./trainArguments.ts";
import { trainRun } from "./trainRun.ts";
import type { TrainOutcome } from "./trainRun.ts";
import { EXIT, runTool } from "./usage.ts";

const GRID = { columns: 8, rows: 8 } as const;
const STRIP_COLUMNS = 16;

const MEGABYTE = 1_000_000;

/** Waits for Ctrl-C or a request to end. The second one, a second later or more, ends the tool at once. */
function listenForStop(): { readonly signal: AbortSignal; exitCode(): number | null } {
  const controller = new AbortController();
  let exitCode: number | null = null;
  let askedAt = 0;
  const stop = (code: number) => () => {
    // A terminal and npm may both pass on the same key press.
    if (exitCode !== null && performance.now() - askedAt > 1000) process.exit(code);
    if (exitCode !== null) return;
    askedAt = performance.now();
    exitCode = code;
    console.error("\nStopping; what there is will be written. Once more, and it stops at once.");
    controller.abort();
  };
  process.on("SIGINT", stop(EXIT.interrupted));
  process.on("SIGTERM", stop(EXIT.terminated));
  // npm gives SIGTERM only to the shell that it started us with, and some shells end without passing it on.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    if (exitCode === null) stop(EXIT.terminated)();
  }, 1000);
  watch.unref();
  return { signal: controller.signal, exitCode: () => exitCode };
}

async function train(): Promise<number> {
  const args = parseTrainArguments(process.argv.slice(2));
  if (args === "help") {
    console.log(TRAIN_HELP);
    return EXIT.done;
  }
  const stop = listenForStop();
  const session = await openSession();
  const line = createProgressLine(process.stderr, () => performance.now());
  try {
    const outcome = await trainRun(session, args, stop.signal, {
      ready: ({ name, device, reason }) => {
        console.error(`Training on ${name} (${device}). ${reason}`);
      },
      event: (event) => {
        const text = describeEvent(event, args.steps);
        if (text !== null) line.show(text);
      },
    });
    line.end();
    await writeOutcome(args, outcome);
    if (outcome.failure !== null) {
      console.error(`${outcome.failure.message}\n${outcome.failure.safe} ${outcome.failure.next}`);
      return EXIT.failed;
    }
    return stop.exitCode() ?? EXIT.done;
  } finally {
    line.end();
    await session.close();
  }
}

/** What the progress line shows for an event; null where it stays as it is. */
function describeEvent(event: WorkerEvent, steps: number): string | null {
  switch (event.type) {
    case "progress":
      return describeProgress(event, steps);
    case "preparation":
      return `Preparing ${String(event.ready)} of ${String(event.total)} kernels`;
    case "dataProgress": {
      const { receivedBytes, totalBytes, availableImages, totalImages } = event;
      if (availableImages > 0 || totalBytes === 0) return null;
      const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
      return `Data: ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB, ${String(totalImages)} images`;
    }
    case "unresponsive":
      return event.seconds === 0 ? null : `No answer for ${String(event.seconds)} s; the backend may be that slow.`;
    default:
      return null;
  }
}

function npyOf({ values, shape }: FreshSamples): Uint8Array {
  return values instanceof Float32Array ? npyOfFloats(values, shape) : npyOfBytes(values, shape);
}

async function writeOutcome({ out, config, samples }: TrainArguments, outcome: TrainOutcome): Promise<void> {
  const { fresh, real, keepsakes, history, step, quality } = outcome;
  const files = new Map<string, string | Uint8Array>([
    ["config.json", `${JSON.stringify(config, null, 2)}\n`],
    ["metrics.csv", csvOf(history)],
    ["samples.png", pngOf(gridOf(outcome.samples, GRID))],
    ["strip.png", pngOf(stripOf(keepsakes, STRIP_COLUMNS))],
  ]);
  if (real !== null) files.set("real.png", pngOf(gridOf(real, GRID)));
  if (quality !== null) files.set("metrics.json", `${JSON.stringify(quality, null, 2)}\n`);
  if (fresh !== null) files.set("samples.npy", npyOf(fresh));
  await mkdir(out, { recursive: true });
  for (const [name, content] of files) await writeFile(join(out, name), content);
  console.error(`${String(step)} steps. Written to ${out}: ${[...files.keys()].join(", ")}.`);
  if (samples > 0 && fresh === null) console.error("samples.npy is left out: the weights are no longer numbers.");
}

await runTool("train", train);
