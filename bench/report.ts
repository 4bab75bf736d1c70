/** What the benchmark prints and writes, out of its measurements. It must not measure anything. */
import { formatNumber, formatTable, NOTHING } from "../tools/markdown.ts";
import { describeCase, type Case } from "./cases.ts";
import type { Measurement, Result } from "./measure.ts";

/** One line of what `--json` writes: medians, null where there is nothing to say. */
export interface JsonRow {
  readonly preset: string;
  readonly backend: string;
  readonly threads: number | null;
  readonly subject: Case["subject"];
  readonly dispatches: number | null;
  readonly submits: number | null;
  readonly javascriptMilliseconds: number | null;
  readonly stepMilliseconds: number | null;
}

export function jsonRows(preset: string, measurements: readonly Measurement[]): readonly JsonRow[] {
  return measurements.map(({ case: { subject, backend, threads }, result }) => ({
    preset,
    backend,
    threads,
    subject,
    dispatches: result?.calls?.dispatches ?? null,
    submits: result?.calls?.submits ?? null,
    javascriptMilliseconds: result?.javascriptMilliseconds ?? null,
    stepMilliseconds: result?.stepMilliseconds ?? null,
  }));
}

/** A whole number where it is one: calls differ from step to step only by accident. */
function formatCount(count: number | undefined): string {
  if (count === undefined) return NOTHING;
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}

/** A matrix product, in floating-point operations a second, and who made it. */
export interface Product {
  readonly flops: number;
  readonly by: string;
}

/** The best matrix products measured; null where none was made. */
export interface BestProducts {
  /** By the processor, be it in the guise of a graphics card. */
  readonly processor: Product | null;
  readonly graphicsCard: Product | null;
}

export function bestProducts(measurements: readonly Measurement[]): BestProducts {
  const best = (onProcessor: boolean): Product | null => {
    const products = measurements.flatMap(({ case: measured, result }) =>
      result !== null && result.productFlops !== null && result.started.onProcessor === onProcessor
        ? [{ flops: result.productFlops, by: describeCase(measured) }]
        : [],
    );
    return products.toSorted((a, b) => b.flops - a.flops)[0] ?? null;
  };
  return { processor: best(true), graphicsCard: best(false) };
}

/** What each case costs a step, and how near that comes to the machine's best matrix product. */
export function costTable(measurements: readonly Measurement[], flop: number, best: BestProducts): string {
  const header = [
    "one training step",
    "dispatches",
    "submits",
    "buffers",
    "bind groups",
    "JavaScript ms",
    "step ms",
    "least ms",
    "GFLOP/s",
    "of the best product",
  ];
  return formatTable(
    header,
    measurements.map(({ case: measured, result }) => [
      describeCase(measured),
      ...[result?.calls?.dispatches, result?.calls?.submits, result?.calls?.buffers, result?.calls?.bindGroups].map(
        formatCount,
      ),
      formatNumber(result?.javascriptMilliseconds),
      formatNumber(result?.stepMilliseconds),
      formatNumber(result?.leastStepMilliseconds),
      formatNumber(result === null ? null : flopsOf(result, flop) / 1e9),
      shareOf(result, flop, best),
    ]),
  );
}

function flopsOf({ stepMilliseconds }: Result, flop: number): number {
  return flop / (stepMilliseconds / 1000);
}

function shareOf(result: Result | null, flop: number, { processor, graphicsCard }: BestProducts): string {
  if (result === null) return NOTHING;
  const best = result.started.onProcessor ? processor : graphicsCard;
  return best === null ? NOTHING : `${((100 * flopsOf(result, flop)) / best.flops).toFixed(1)} %`;
}

/** How many times Duel's step each peer's step takes, by the medians; null where nothing can be compared. */
export function ratioTable(measurements: readonly Measurement[]): string | null {
  const ours = measurements.filter(({ case: { subject }, result }) => subject === "duel" && result !== null);
  const peers = measurements.filter(({ case: { subject } }) => subject !== "duel");
  if (ours.length === 0 || peers.length === 0) return null;
  return formatTable(
    ["times as long as", ...ours.map(({ case: measured }) => describeCase(measured))],
    peers.map(({ case: measured, result }) => [
      describeCase(measured),
      ...ours.map(({ result: our }) =>
        result === null || our === null ? NOTHING : formatNumber(result.stepMilliseconds / our.stepMilliseconds),
      ),
    ]),
  );
}

/** A line for each case that there is something to say about. */
export function notes(measurements: readonly Measurement[]): readonly string[] {
  return measurements.flatMap(({ case: measured, result, note }) => {
    if (note === "") return [];
    return [`${describeCase(measured)}: ${result === null ? "cannot run: " : ""}${note}`];
  });
}
