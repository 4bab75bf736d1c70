/** How good the samples are: their distance from real images over time, the last measurement, and when it is made. */
import { useEffect, useState } from "react";
import { EVALUATORS } from "../../metrics/evaluator/evaluators.ts";
import { MEASURES } from "../../metrics/quality.ts";
import type { QualityEvent } from "../../worker/protocol.ts";
import { ChartFigure, type ChartMarker, type Series } from "../charts/ChartFigure.tsx";
import { chartRows } from "../charts/rows.ts";
import { useDuel, useGauge, useSession } from "../context.ts";
import { ClassBars } from "./ClassBars.tsx";
import { MeasuringControls } from "./MeasuringControls.tsx";
import styles from "./Quality.module.css";
import { ReadingTable } from "./ReadingTable.tsx";
import { floorOf } from "./readings.ts";

interface SharedProps {
  readonly hidden: readonly string[];
  readonly onToggle: (column: string) => void;
  readonly markers: readonly ChartMarker[];
}

type DistanceName = "frechet" | "patches";

const DISTANCES: Readonly<Record<DistanceName, string>> = {
  frechet:
    "How far samples are from real images, in a classifier’s eyes. The green line is what unseen real images get, and the band two deviations about it.",
  patches: "How far small patches of samples are from those of real images, from fine to coarse.",
};
const AMONG: readonly Series<"precision" | "recall">[] = [
  { column: "precision", label: MEASURES.precision.label, player: "generator" },
  { column: "recall", label: MEASURES.recall.label, player: "generator", dash: "5 2" },
];
const AMONG_COLUMNS = AMONG.map(({ column }) => column);
const SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1] as const;
const EMPTY = "Not measured yet.";

/** However fast readings come, they are looked at this often. */
const PACE_MILLISECONDS = 1000;

export function QualityPanel(shared: SharedProps) {
  const evaluator = EVALUATORS[useSession((state) => state.running.dataSet)];
  const quality = usePacedQuality();
  const latest = quality?.latest ?? null;
  const histogram = latest?.histogram ?? null;
  return (
    <section aria-label="Quality" className={styles.panel}>
      <MeasuringControls latestStep={latest?.step ?? null} />
      <Distance name={evaluator === undefined ? "patches" : "frechet"} quality={quality} {...shared} />
      {latest !== null && <ReadingTable reading={latest} />}
      {evaluator !== undefined && histogram !== null && (
        <ClassBars histogram={histogram} names={evaluator.classes} kinds={evaluator.kinds} />
      )}
      {evaluator !== undefined && quality !== null && <Among quality={quality} {...shared} />}
    </section>
  );
}

interface DistanceProps extends SharedProps {
  readonly name: DistanceName;
  readonly quality: QualityEvent | null;
}

function Distance({ name, quality, ...shared }: DistanceProps) {
  const real = quality?.latest.real ?? null;
  const { label } = MEASURES[name];
  return (
    <ChartFigure
      title={label}
      reading={DISTANCES[name]}
      series={[{ column: name, label, player: "generator" }]}
      rows={chartRows(quality?.chart ?? null, [name], "log")}
      scale="log"
      empty={EMPTY}
      {...(real === null ? {} : { floor: floorOf(real.measures[name]) })}
      {...shared}
    />
  );
}

function Among({ quality, ...shared }: SharedProps & { readonly quality: QualityEvent }) {
  return (
    <ChartFigure
      title="Good and varied"
      reading="Precision: how many samples lie among real images. Recall: how many real images lie among samples."
      series={AMONG}
      rows={chartRows(quality.chart, AMONG_COLUMNS)}
      ticks={SHARE_TICKS}
      empty={EMPTY}
      {...shared}
    />
  );
}

/** The last readings, looked at every so often; at once where a person has just asked for one, or the run is another. */
function usePacedQuality(): QualityEvent | null {
  const { stream } = useDuel();
  const measuring = useGauge((state) => state.measuring);
  const [quality, setQuality] = useState(() => stream.getState().quality);
  useEffect(() => {
    const look = (): void => {
      setQuality(stream.getState().quality);
    };
    const first = setTimeout(look, 0);
    const every = setInterval(look, PACE_MILLISECONDS);
    return () => {
      clearTimeout(first);
      clearInterval(every);
    };
  }, [stream, measuring]);
  return quality;
}
