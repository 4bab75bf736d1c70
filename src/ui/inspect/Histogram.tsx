/** How many real and how many fake images get which score: reals upwards, fakes downwards. It knows numbers alone. */
import { histogram, scoreRange } from "../../state/ranking.ts";
import { mean } from "../../shared/statistics.ts";
import type { ScoreScale } from "../../state/scores.ts";
import { formatMeasurement } from "../numbers.ts";
import styles from "./Histogram.module.css";

interface HistogramProps {
  readonly scale: ScoreScale;
  readonly fakes: readonly number[];
  readonly reals: readonly number[];
}

const BINS = 30;
/** Units of the drawing: a bin is ten wide, a half of the picture fifty high. */
const BIN_WIDTH = 10;
const HALF = 50;

export function Histogram({ scale, fakes, reals }: HistogramProps) {
  const range = scoreRange([...fakes, ...reals], scale.range);
  const counts = { real: histogram(reals, range, BINS), fake: histogram(fakes, range, BINS) };
  const most = Math.max(1, ...counts.real, ...counts.fake);
  const summary = `${average(reals, "real images")}, ${average(fakes, "fakes")}`;
  return (
    <figure className={styles.histogram}>
      <svg
        viewBox={`0 0 ${String(BINS * BIN_WIDTH)} ${String(2 * HALF)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram of scores: ${summary}`}
      >
        {counts.real.map((count, bin) => (
          <Bar key={bin} bin={bin} share={count / most} kind="real" />
        ))}
        {counts.fake.map((count, bin) => (
          <Bar key={bin} bin={bin} share={count / most} kind="fake" />
        ))}
        <line x1="0" x2={BINS * BIN_WIDTH} y1={HALF} y2={HALF} className={styles.axis} />
      </svg>
      <div className={styles.scale} aria-hidden="true">
        <span>{formatMeasurement(range[0], 2)}</span>
        <span>{scale.name}</span>
        <span>{formatMeasurement(range[1], 2)}</span>
      </div>
      <figcaption className={styles.legend}>
        <span data-kind="real">{average(reals, "real images")}</span>
        <span data-kind="fake">{average(fakes, "fakes")}</span>
      </figcaption>
    </figure>
  );
}

function average(scores: readonly number[], name: string): string {
  return scores.length === 0
    ? `no ${name} yet`
    : `${String(scores.length)} ${name}: ${formatMeasurement(mean(scores), 2)} on average`;
}

function Bar({ bin, share, kind }: { readonly bin: number; readonly share: number; readonly kind: "real" | "fake" }) {
  const height = share * (HALF - 1);
  return (
    <rect
      x={bin * BIN_WIDTH + 1}
      width={BIN_WIDTH - 2}
      y={kind === "real" ? HALF - height : HALF}
      height={height}
      data-kind={kind}
      className={styles.bar}
    />
  );
}
