/** The page: bar, settings, duel, measurements, arranged for the width there is. It holds nothing of the run itself. */
import { SlidersHorizontal, TrendingUp } from "lucide-react";
import { Tooltip } from "radix-ui";
import { useCallback, useState } from "react";
import styles from "./App.module.css";
import { Bar } from "./bar/Bar.tsx";
import { Counters } from "./bar/Counters.tsx";
import { Transport } from "./bar/Transport.tsx";
import { Measurements } from "./charts/Measurements.tsx";
import { NARROW, useMedia, useSession } from "./context.ts";
import { Button } from "./controls/Button.tsx";
import { Sheet } from "./controls/Sheet.tsx";
import { Diagram } from "./duel/Diagram.tsx";
import { BackendReason, RunLine } from "./duel/RunLine.tsx";
import { SampleGrid } from "./duel/SampleGrid.tsx";
import { HelpSheet } from "./help/HelpSheet.tsx";
import { Notices } from "./notices/Notices.tsx";
import { SettingsPanel } from "./settings/SettingsPanel.tsx";
import { useShortcuts } from "./useShortcuts.ts";
import { pathsWaitingForRestart } from "../state/session.ts";

const TOOLTIP_DELAY_MILLISECONDS = 400;

export function App() {
  const isNarrow = useMedia(NARROW);
  const [helpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => {
    setHelpOpen(true);
  }, []);
  useShortcuts(openHelp);
  return (
    <Tooltip.Provider delayDuration={TOOLTIP_DELAY_MILLISECONDS}>
      <div className={styles.page}>
        <Bar openHelp={openHelp} />
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
              <Diagram />
            </div>
            <div className={styles.samples}>
              <SampleGrid />
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
        {isNarrow && <BottomBar />}
      </div>
      <HelpSheet open={helpOpen} onOpenChange={setHelpOpen} />
    </Tooltip.Provider>
  );
}

/** On narrow screens: the transport at the bottom edge, and the panels as sheets. */
function BottomBar() {
  const [open, setOpen] = useState<"settings" | "measurements" | null>(null);
  const waiting = useSession((state) => pathsWaitingForRestart(state).length);
  const close = (): void => {
    setOpen(null);
  };
  return (
    <footer className={styles.bottom}>
      <div className={styles.sheets}>
        <Button
          onClick={() => {
            setOpen("settings");
          }}
        >
          <SlidersHorizontal size={14} aria-hidden="true" />
          Settings{waiting > 0 && ` · restart to apply ${String(waiting)}`}
        </Button>
        <Button
          onClick={() => {
            setOpen("measurements");
          }}
        >
          <TrendingUp size={14} aria-hidden="true" />
          Measurements
        </Button>
      </div>
      <Transport />
      <Sheet title="Settings" place="bottom" open={open === "settings"} onOpenChange={close}>
        <SettingsPanel />
      </Sheet>
      <Sheet title="Measurements" place="bottom" open={open === "measurements"} onOpenChange={close}>
        <Measurements />
      </Sheet>
    </footer>
  );
}
