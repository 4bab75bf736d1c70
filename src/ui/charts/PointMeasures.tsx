/** How far a generator of points is from its data over time. It knows the lab's measures, not how they are taken. */
import type { MeasuredRow } from "../../state/lab.ts";
import { useLab } from "../context.ts";
import { ChartFigure, type ChartMarker, type Series } from "./ChartFigure.tsx";
import type { ChartRow } from "./rows.ts";

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

export function PointMeasures(shared: SharedProps) {
  const measured = useLab((state) => state.measured);
  const modes = measured.at(-1)?.modes ?? null;
  const rows = measured.map(rowOf);
  return (
    <>
      <ChartFigure
        title="Divergences"
        reading="In bits, from 2,048 points of either kind counted in 20 × 20 cells: 0 where nothing is left to learn."
        series={DIVERGENCES}
        rows={rows}
        {...shared}
      />
      <ChartFigure
        title="Distance"
        reading="How far fake points would have to move to become the data, seen from 32 sides; the plane is 4 wide."
        series={DISTANCE}
        rows={rows}
        {...shared}
      />
      {modes !== null && (
        <ChartFigure
          title="Modes"
          reading={`${String(modes.covered)} of ${String(modes.modes)} clouds hold a fake point. Good ones lie within three deviations of a cloud’s middle.`}
          series={MODES}
          rows={rows}
          ticks={SHARE_TICKS}
          {...shared}
        />
      )}
    </>
  );
}

function rowOf({ step, kl, jensenShannon, wasserstein, modes }: MeasuredRow): ChartRow {
  return {
    step,
    kl: numberOrGap(kl),
    jensenShannon: numberOrGap(jensenShannon),
    wasserstein: numberOrGap(wasserstein),
    coveredShare: modes === null ? null : modes.covered / modes.modes,
    goodShare: modes === null ? null : modes.goodShare,
  };
}

function numberOrGap(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
