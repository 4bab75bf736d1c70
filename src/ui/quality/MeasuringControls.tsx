/** When samples are measured: on demand, or between steps for a share of the time. It shows no number of a measurement. */
import { useStore } from "zustand";
import { formatCount } from "../../shared/counts.ts";
import { settingAt } from "../../gan/settings.ts";
import { useDuel, useGauge, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { describeValue } from "../numbers.ts";
import styles from "./Quality.module.css";

const PATH = "measuring";

interface MeasuringControlsProps {
  /** The step of the last measurement. */
  readonly latestStep: number | null;
}

export function MeasuringControls({ latestStep }: MeasuringControlsProps) {
  const { session, gauge, stream } = useDuel();
  const measuring = useGauge((state) => state.measuring);
  const refusal = useGauge((state) => state.refusal);
  const failed = useStore(stream, (state) => state.notMeasured);
  const share = useSession((state) => state.wanted.measuring);
  const stopped = useSession((state) => state.phase === "preparing" || state.phase === "stopped");
  const setting = settingAt(PATH);
  const whenOn = setting?.kind === "number" ? (setting.whenSwitchedOn ?? null) : null;
  return (
    <div className={styles.controls}>
      <h2 className={styles.title}>Quality of the samples</h2>
      <p role="status" aria-label="Measured" className={styles.when}>
        {measuring ? "Measuring…" : describeWhen(latestStep, share)}
      </p>
      <div className={styles.buttons}>
        <Button disabled={measuring || stopped} onClick={() => void gauge.measure()}>
          Measure now
        </Button>
        <Button
          aria-pressed={share !== null}
          onClick={() => {
            session.changeSetting(PATH, share === null ? whenOn : null);
          }}
        >
          Measure while training
        </Button>
      </div>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      {failed !== null && (
        <p role="alert">
          Measuring while training has stopped. {failed.message} {failed.next}
        </p>
      )}
    </div>
  );
}

function describeWhen(latestStep: number | null, share: number | null): string {
  const last = latestStep === null ? "Not measured yet." : `Measured at step ${formatCount(latestStep)}.`;
  return share === null ? last : `${last} Measured while training, for ${describeValue(PATH, share)}.`;
}
