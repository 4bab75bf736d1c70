/** How well a person told real from fake as the run went on, beside the discriminator. It knows results of games alone. */
import { useMemo } from "react";
import { resultsByStep } from "../../state/guessing.ts";
import { toggled } from "../../state/preferences.ts";
import { ChartFigure, type Series } from "../charts/ChartFigure.tsx";
import { useDuel, useGame, usePreference, useSession } from "../context.ts";

const SERIES: readonly Series[] = [
  { column: "person", label: "you", player: "neutral" },
  { column: "discriminator", label: "discriminator, same images", player: "discriminator", dash: "5 2" },
];
const HALF = 0.5;
const TICKS = [0, 0.25, HALF, 0.75, 1] as const;

export function GameResults() {
  const { preferences } = useDuel();
  const results = useGame((state) => state.results);
  const hidden = usePreference((state) => state.hiddenSeries);
  const markers = useSession((state) => state.markers);
  const rows = useMemo(() => resultsByStep(results).map((result) => ({ ...result })), [results]);
  if (rows.length === 0) return null;
  return (
    <ChartFigure
      title="Told rightly"
      reading="The share told rightly against the step count. Whoever guesses is on the dashed line at 0.5; play again later in the run."
      series={SERIES}
      rows={rows}
      hidden={hidden}
      onToggle={(column) => {
        preferences.setState({ hiddenSeries: toggled(hidden, column) });
      }}
      markers={markers}
      ticks={TICKS}
      level={HALF}
    />
  );
}
