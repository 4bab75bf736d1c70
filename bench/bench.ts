/** `npm run bench`: a training step of Duel beside its peers, on this machine, in one run. `--help` says more. */
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus, totalmem } from "node:os";
import type { Config, NetworkConfig } from "../src/gan/config.ts";
import { presetById } from "../src/gan/presets/index.ts";
import { DATA_SETS } from "../src/data/catalogue.ts";
import { present } from "../src/shared/invariant.ts";
import { createProgressLine } from "../tools/cli/progressLine.ts";
import { EXIT, runTool } from "../tools/cli/usage.ts";
import { formatNumber } from "../tools/markdown.ts";
import { prepare } from "../tools/prepare.ts";
import { BENCH_HELP, parseBenchArguments, type BenchArguments } from "./arguments.ts";
import { openBrowser } from "./browser.ts";
import { casesFor } from "./cases.ts";
import { flopOfStep } from "./flop.ts";
import { measure, type Measurement } from "./measure.ts";
import { describePython, findPyTorch, openPyTorch, type Python } from "./python.ts";
import { bestProducts, costTable, jsonRows, notes, ratioTable, type JsonRow } from "./report.ts";
import type { OpenSubject } from "./subjects.ts";

async function bench(): Promise<number> {
  const args = parseBenchArguments(process.argv.slice(2), casesFor());
  if (args === "help") {
    console.log(BENCH_HELP);
    return EXIT.done;
  }
  await prepare();
  const python = findPyTorch();
  const browser = await openBrowser(args.v8);
  try {
    console.log(`\n${describeMachine(browser.version, python)}`);
    const open: OpenSubject = (opened) => (opened.subject === "pytorch" ? openPyTorch(python) : browser.open)(opened);
    const rows = await measurePresets(args, open);
    if (args.json !== null) await writeFile(args.json, `${JSON.stringify(rows, null, 2)}\n`);
  } finally {
    await browser.close();
  }
  return EXIT.done;
}

async function measurePresets(args: BenchArguments, open: OpenSubject): Promise<readonly JsonRow[]> {
  const rows: JsonRow[] = [];
  for (const id of args.presets) {
    const { config } = present(presetById(id), `the preset ${id}`);
    const line = createProgressLine(process.stderr, () => performance.now());
    const measurements = await measure(config, args.cases, open, {
      rounds: args.rounds,
      seconds: args.seconds,
      onProgress: (text) => {
        line.show(`${id}, ${text}`);
      },
    });
    line.end();
    rows.push(...jsonRows(id, measurements));
    console.log(describeResults(id, config, measurements));
  }
  return rows;
}

function describeMachine(browser: string, python: Python | null): string {
  const [cpu] = cpus();
  const memory = `${String(Math.round(totalmem() / 2 ** 30))} GiB`;
  return `${cpu?.model ?? "An unknown processor"}, ${String(availableParallelism())} threads, ${memory}; ${process.platform} ${process.arch}; ${browser}.\n${describePython(python)}`;
}

function describeResults(id: string, config: Config, measurements: readonly Measurement[]): string {
  const flop = flopOfStep(config, DATA_SETS[config.dataSet].shape);
  const best = bestProducts(measurements);
  const products = [
    ["processor", best.processor],
    ["graphics card", best.graphicsCard],
  ] as const;
  const adapters = new Set(
    measurements.flatMap(({ case: { backend }, result }) =>
      backend === "webgpu" && result !== null ? [result.started.device] : [],
    ),
  );
  const ratios = ratioTable(measurements);
  return [
    `\n${id}, batch ${String(config.batchSize)}: ${formatNumber(flop / 1e6)} MFLOP a step`,
    `  generator      ${describeNetwork(config.generator, config.latentDim)}`,
    `  discriminator  ${describeNetwork(config.discriminator, DATA_SETS[config.dataSet].shape.join("×"))}`,
    ...[...adapters].map((adapter) => `  WebGPU runs on ${adapter}.`),
    ...products.flatMap(([name, product]) =>
      product === null
        ? []
        : [`  Best matrix product of the ${name}: ${formatNumber(product.flops / 1e9)} GFLOP/s (${product.by})`],
    ),
    `\n${costTable(measurements, flop, best)}`,
    ...(ratios === null ? [] : [`\n${ratios}`]),
    "",
    ...notes(measurements),
  ].join("\n");
}

/** Such as "100 → dense 256, leakyReLU, …". */
function describeNetwork(network: NetworkConfig, input: number | string): string {
  const layers = network.map((layer) => {
    switch (layer.type) {
      case "dense":
        return `dense ${String(layer.units)}`;
      case "conv2d":
      case "conv2dTranspose":
        return `${layer.type} ${String(layer.filters)} (${String(layer.kernelSize)}×${String(layer.kernelSize)}, strides ${String(layer.strides)})`;
      default:
        return layer.type;
    }
  });
  return `${String(input)} → ${layers.join(", ")}`;
}

await runTool("bench", bench);
