/** How far a generator of points is from its data over time. It knows the lab's measures, not how they are taken. */
import { useEffect, useState } from "react";
import type { MeasuredRow } from "../../state/lab.ts";
import { useDuel } from "../context.ts";
import { ChartFigure, type ChartMarker, type Series } from "./ChartFigure.tsx";
import { measuredRow } from "./rows.ts";

interface SharedProps {
  readonly hidden: readonly string[];
  readonly onToggle: (column: string) => void;
  readonly markers: readonly ChartMarker[];
}

const DIVERGENCES: readonly Series[] = [
  { column: "kl", label: "KL(data ‖ G)", player: "generator" },
  { column: "jensenShannon", label: "Jensen–Shannon", player: "generator", dash: "5 2" },
];
const DISTANCE: readonly Series[] = [{ column: "wasserstein", label: "sliced Wasserstein", player: "generator" }];
const MODES: readonly Series[] = [
  { column: "coveredShare", label: "modes covered", player: "generator" },
  { column: "goodShare", label: "good points", player: "generator", dash: "5 2" },
];
const SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

/** How often a chart is drawn: as often as measures are taken, and never two at once. */
const PACE_MILLISECONDS = 1000;

export function PointMeasures(shared: SharedProps) {
  return (
    <>
      <Divergences {...shared} />
      <Distance {...shared} />
      <Modes {...shared} />
    </>
  );
}

function Divergences(shared: SharedProps) {
  const measured = usePacedMeasures(PACE_MILLISECONDS / 8);
  return (
    <ChartFigure
      title="Divergences"
      reading="In bits, from 2,048 points of either kind counted in 20 × 20 cells: 0 where nothing is left to learn."
      series={DIVERGENCES}
      rows={measured.map(measuredRow)}
      {...shared}
    />
  );
}

function Distance(shared: SharedProps) {
  const measured = usePacedMeasures((3 * PACE_MILLISECONDS) / 8);
  return (
    <ChartFigure
      title="Distance"
      reading="How far fake points would have to move to become the data, seen from 32 sides; the plane is 4 wide."
      series={DISTANCE}
      rows={measured.map(measuredRow)}
      {...shared}
    />
  );
}

/** Nothing, where the data have no clouds. */
function Modes(shared: SharedProps) {
  const measured = usePacedMeasures((5 * PACE_MILLISECONDS) / 8);
  const modes = measured.at(-1)?.modes ?? null;
  if (modes === null) return null;
  return (
    <ChartFigure
      title="Modes"
      reading={`${String(modes.covered)} of ${String(modes.modes)} clouds hold a fake point. Good ones lie within three deviations of a cloud’s middle.`}
      series={MODES}
      rows={measured.map(measuredRow)}
      ticks={SHARE_TICKS}
      {...shared}
    />
  );
}

/** The measures so far, looked at every so often, the first time after `delay` milliseconds. */
function usePacedMeasures(delay: number): readonly MeasuredRow[] {
  const { lab } = useDuel();
  const [measured, setMeasured] = useState(() => lab.store.getState().measured);
  useEffect(() => {
    const look = (): void => {
      setMeasured(lab.store.getState().measured);
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
  }, [lab, delay]);
  return measured;
}
