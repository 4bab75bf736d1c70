/** The page: the bar, the navigation, and the place where a person is. It holds nothing of the run itself. */
import { Tooltip } from "radix-ui";
import { Suspense, useCallback, useState } from "react";
import { PLACES } from "../state/places.ts";
import styles from "./App.module.css";
import { Bar } from "./bar/Bar.tsx";
import { BottomBar } from "./bar/BottomBar.tsx";
import { NARROW, useMedia, usePlace } from "./context.ts";
import { HelpSheet } from "./help/HelpSheet.tsx";
import { PlaceRail } from "./places/PlaceRail.tsx";
import { PLACE_VIEWS } from "./places/views.ts";
import { useShortcuts } from "./useShortcuts.ts";

const TOOLTIP_DELAY_MILLISECONDS = 400;
/** With a single place there is nowhere to go. */
const HAS_SEVERAL_PLACES = Object.keys(PLACES).length > 1;

export function App() {
  const isNarrow = useMedia(NARROW);
  const { Place } = PLACE_VIEWS[usePlace()];
  const [helpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => {
    setHelpOpen(true);
  }, []);
  useShortcuts(openHelp);
  return (
    <Tooltip.Provider delayDuration={TOOLTIP_DELAY_MILLISECONDS}>
      <div className={styles.page}>
        <Bar openHelp={openHelp} />
        {HAS_SEVERAL_PLACES && <PlaceRail />}
        <div className={styles.place}>
          <Suspense fallback={<p role="status">Opening …</p>}>
            <Place />
          </Suspense>
        </div>
        {isNarrow && <BottomBar />}
      </div>
      <HelpSheet open={helpOpen} onOpenChange={setHelpOpen} />
    </Tooltip.Provider>
  );
}
