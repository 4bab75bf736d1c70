/** The charts of the run and the list of what was changed during it. */
import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { formatCount } from "../../shared/counts.ts";
import { DATA_SETS } from "../../data/catalogue.ts";
import { settingAt } from "../../gan/settings.ts";
import { refusalOf } from "../../state/inquiries.ts";
import { toggled } from "../../state/preferences.ts";
import type { History, MeasurementColumn } from "../../worker/protocol.ts";
import { columnsToSave } from "../../worker/protocol.ts";
import { useDuel, usePreference, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Diagnosis } from "../doctor/Diagnosis.tsx";
import { describeValue } from "../numbers.ts";
import { QualityPanel } from "../quality/QualityPanel.tsx";
import { saveBlob } from "../saveBlob.ts";
import type { Series } from "./ChartFigure.tsx";
import { ChartFigure } from "./ChartFigure.tsx";
import styles from "./Measurements.module.css";
import { PointMeasures } from "./PointMeasures.tsx";
import { chartRows, historyToCsv } from "./rows.ts";

/** How often a chart is drawn: often enough to follow, and never both at once. */
const PACE_MILLISECONDS = 500;
const LOSSES: readonly Series<MeasurementColumn>[] = [
  { column: "generatorLoss", label: "generator", player: "generator" },
  { column: "discriminatorLoss", label: "discriminator", player: "discriminator", dash: "5 2" },
];
const SCORES: readonly Series<MeasurementColumn>[] = [
  { column: "realScore", label: "D(x), real", player: "real" },
  { column: "fakeScore", label: "D(G(z)), fake", player: "generator", dash: "5 2" },
];
const ACCURACIES: readonly Series<MeasurementColumn>[] = [
  { column: "realAccuracy", label: "real", player: "real" },
  { column: "fakeAccuracy", label: "fake", player: "generator", dash: "5 2" },
];
const LOSS_COLUMNS = LOSSES.map(({ column }) => column);
const SCORE_COLUMNS = SCORES.map(({ column }) => column);
const ACCURACY_COLUMNS = ACCURACIES.map(({ column }) => column);
const HALF = 0.5;
const SCORE_TICKS = [0, 0.25, HALF, 0.75, 1] as const;

export function Measurements() {
  const classifies = useSession((state) => state.running.conditioning?.type === "auxiliaryClassifier");
  const makesPoints = useSession((state) => DATA_SETS[state.running.dataSet].kind === "points");
  const shared = useShared();
  return (
    <section aria-label="Measurements" className={styles.panel}>
      <Diagnosis />
      <Losses />
      <Scores />
      {classifies && <Accuracies />}
      {makesPoints ? <PointMeasures {...shared} /> : <QualityPanel {...shared} />}
      <Changes />
      <DownloadHistory />
    </section>
  );
}

function Losses() {
  const { preferences } = useDuel();
  const history = usePacedHistory(0);
  const scale = usePreference((state) => state.lossScale);
  const shared = useShared();
  return (
    <ChartFigure
      title="Losses"
      reading="What each player still pays. Neither should stay at zero: a winner ends the duel."
      series={LOSSES}
      rows={chartRows(history, LOSS_COLUMNS, scale)}
      scale={scale}
      {...shared}
    >
      <Button
        className={styles.scale}
        aria-pressed={scale === "log"}
        onClick={() => {
          preferences.setState({ lossScale: scale === "log" ? "linear" : "log" });
        }}
      >
        Log scale
      </Button>
    </ChartFigure>
  );
}

function Scores() {
  const history = usePacedHistory(PACE_MILLISECONDS / 2);
  const shared = useShared();
  return (
    <ChartFigure
      title="Scores"
      reading="How real the discriminator finds each kind, from 0 to 1. On the dashed line at 0.5 it can only guess."
      series={SCORES}
      rows={chartRows(history, SCORE_COLUMNS)}
      ticks={SCORE_TICKS}
      level={HALF}
      {...shared}
    />
  );
}

function Accuracies() {
  const history = usePacedHistory(PACE_MILLISECONDS / 4);
  const shared = useShared();
  return (
    <ChartFigure
      title="Classes"
      reading="How often the discriminator names the class that a real image is of, or that the generator was asked for."
      series={ACCURACIES}
      rows={chartRows(history, ACCURACY_COLUMNS)}
      ticks={SCORE_TICKS}
      {...shared}
    />
  );
}

function useShared() {
  const { preferences } = useDuel();
  const markers = useSession((state) => state.markers);
  const hidden = usePreference((state) => state.hiddenSeries);
  const onToggle = (column: string): void => {
    preferences.setState({ hiddenSeries: toggled(hidden, column) });
  };
  return { markers, hidden, onToggle };
}

/** The run's history, looked at every so often, the first time after `delay` milliseconds. */
function usePacedHistory(delay: number): History | null {
  const { stream } = useDuel();
  const [history, setHistory] = useState<History | null>(() => stream.getState().progress?.chart ?? null);
  useEffect(() => {
    const look = (): void => {
      setHistory(stream.getState().progress?.chart ?? null);
    };
    let every: ReturnType<typeof setInterval> | undefined;
    const first = setTimeout(() => {
      look();
      every = setInterval(look, PACE_MILLISECONDS);
    }, delay);
    return () => {
      clearTimeout(first);
      clearInterval(every);
    };
  }, [stream, delay]);
  return history;
}

/** What the markers in the charts stand for. */
function Changes() {
  const markers = useSession((state) => state.markers);
  if (markers.length === 0) return null;
  return (
    <div className={styles.changes}>
      <h2 className={styles.title}>Changes during this run</h2>
      <ol>
        {markers.map(({ step, path, before, after, at }) => (
          <li key={`${path} ${String(at)}`}>
            <span className={styles.step}>step {formatCount(step)}</span> {settingAt(path)?.label ?? path}:{" "}
            {describeValue(path, before)} → {describeValue(path, after)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function DownloadHistory() {
  const { session, lab } = useDuel();
  const [refusal, setRefusal] = useState("");
  const save = async (): Promise<void> => {
    setRefusal("");
    try {
      const history = await session.ask("history", null);
      const csv = historyToCsv(history, columnsToSave(history), lab.store.getState().measured);
      saveBlob(new Blob([csv], { type: "text/csv" }), "duel-measurements.csv");
    } catch (error) {
      setRefusal(refusalOf(error));
    }
  };
  return (
    <div>
      <Button className={styles.download} onClick={() => void save()}>
        <Download size={14} aria-hidden="true" />
        Save measurements as CSV
      </Button>
      {refusal !== "" && <p role="alert">{refusal}</p>}
    </div>
  );
}
