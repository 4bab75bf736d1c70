/** One line on the state of the run, the download, and the backend with its reason. */
import { DATA_SETS } from "../../data/catalogue.ts";
import { BACKENDS } from "../../engine/backends.ts";
import type { RunPhase } from "../../state/runStatus.ts";
import { describeRun } from "../../state/runStatus.ts";
import { useStore } from "zustand";
import { useDuel, useSession } from "../context.ts";
import { formatMegabytes } from "../numbers.ts";
import styles from "./RunLine.module.css";

const TONES: Readonly<Record<RunPhase, "calm" | "busy" | "trouble">> = {
  preparing: "calm",
  ready: "calm",
  training: "busy",
  stepping: "busy",
  pausing: "calm",
  paused: "calm",
  stopped: "trouble",
};

export function RunLine() {
  const phase = useSession((state) => state.phase);
  return (
    <div className={styles.line}>
      <span className={styles.dot} data-tone={TONES[phase]} aria-hidden="true" />
      <RunStatus />
      <Download />
    </div>
  );
}

function RunStatus() {
  const { stream } = useDuel();
  const condition = useSession((state) => state);
  // Read only while the run stands: a running step counter would be announced without end.
  const step = useStore(stream, (state) => (condition.phase === "paused" ? state.step : 0));
  return (
    <p role="status" aria-label="Run" className={styles.status}>
      {describeRun({ ...condition, step })}
    </p>
  );
}

function Download() {
  const data = useSession((state) => state.data);
  const dataSet = useSession((state) => state.running.dataSet);
  if (data === null || data.receivedBytes >= data.totalBytes) return null;
  const { label } = DATA_SETS[dataSet];
  return (
    <span className={styles.download}>
      <progress aria-label={`Download of ${label}`} value={data.receivedBytes} max={data.totalBytes} />
      {label}: {formatMegabytes(data.receivedBytes)} of {formatMegabytes(data.totalBytes)} MB
    </span>
  );
}

/** Which backend runs, on what, and why no faster one. */
export function BackendReason() {
  const backend = useSession((state) => state.backend);
  if (backend === null) return null;
  return (
    <p className={styles.backend}>
      <b>{BACKENDS[backend.name].label}</b> on {backend.device}. {backend.reason}
    </p>
  );
}
