/** The place where the duel is watched and steered: settings, duel, measurements, arranged for the width there is. */
import { DATA_SETS } from "../../data/catalogue.ts";
import { Measurements } from "../charts/Measurements.tsx";
import { Counters } from "../bar/Counters.tsx";
import { NARROW, useMedia, useSession } from "../context.ts";
import { BackendReason, RunLine } from "../duel/RunLine.tsx";
import { SampleGrid } from "../duel/SampleGrid.tsx";
import { Lab } from "../lab/Lab.tsx";
import { Notices } from "../notices/Notices.tsx";
import { SettingsPanel } from "../settings/SettingsPanel.tsx";
import { SlowDiagram } from "../slow/SlowDiagram.tsx";
import { WriteNumber } from "../writing/WriteNumber.tsx";
import styles from "./TrainPlace.module.css";

export function TrainPlace() {
  const isNarrow = useMedia(NARROW);
  const makesPoints = useSession((state) => DATA_SETS[state.running.dataSet].kind === "points");
  return (
    <div className={styles.place}>
      {!isNarrow && (
        <aside className={styles.settings}>
          <SettingsPanel />
        </aside>
      )}
      <main className={styles.main}>
        <section aria-label="Duel" className={styles.duel}>
          <div className={styles.state}>
            <RunLine />
            {isNarrow && <Counters />}
            <Notices />
            {!isNarrow && <BackendReason />}
          </div>
          <div className={styles.diagram}>
            <SlowDiagram />
          </div>
          <div className={styles.samples}>
            {makesPoints ? <Lab /> : <SampleGrid />}
            <WriteNumber />
          </div>
          {isNarrow && (
            <div className={styles.backend}>
              <BackendReason />
            </div>
          )}
        </section>
        {!isNarrow && (
          <div className={styles.measurements}>
            <Measurements />
          </div>
        )}
      </main>
    </div>
  );
}
