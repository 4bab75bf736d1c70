/** What was measured, in words and numbers for a person. It knows the table of measures, not components. */
import { formatCount } from "../../shared/counts.ts";
import type { Measure, MeasureName, RealQuality } from "../../metrics/quality.ts";
import type { Floor } from "../charts/ChartFigure.tsx";
import { formatMeasurement } from "../numbers.ts";

/** "3.60", "9", "84.7 %"; a dash where there is no number. */
export function formatMeasure({ kind }: Measure, value: number | null): string {
  if (value === null || Number.isNaN(value)) return "–";
  switch (kind) {
    case "number":
      return formatMeasurement(value, 2);
    case "count":
      return formatCount(value);
    case "share":
      return `${(100 * value).toFixed(1)} %`;
    default:
      return kind satisfies never;
  }
}

/** Deviations about a mean within which about nineteen of twenty measurements of real images lie, if they lie as normal numbers do. */
const WITHIN = 2;

/** Where measurements of unseen real images lie. For a log scale it stays above zero. */
export function floorOf({ mean, deviation }: RealQuality["measures"][MeasureName]): Floor {
  return {
    least: Math.max(mean - WITHIN * deviation, mean / 10),
    typical: mean,
    greatest: mean + WITHIN * deviation,
  };
}

/** What stands under a chart or a table about the real images that samples are held to. */
export function describeReal(real: RealQuality | null): string {
  if (real === null) return "There is no classifier of this data set, so only what needs none is measured.";
  return `Real: unseen real images in the place of samples, the mean of ${formatCount(real.subsets)} times.`;
}
