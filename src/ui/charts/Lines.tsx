/** What of a plot moves while a run trains: the lines, the steps below them, markers, and the cursor. It knows no run. */
import { createContext, use } from "react";
import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { formatCount } from "../../shared/counts.ts";
import type { ChartMarker, Series } from "./Plot.tsx";
import { shareOf } from "./plotMeasures.ts";
import type { ChartRow } from "./rows.ts";
import { stepTicks } from "./ticks.ts";

interface LinesProps {
  readonly rows: readonly ChartRow[];
  readonly series: readonly Series[];
  readonly markers: readonly ChartMarker[];
  /** The row that is read out. */
  readonly cursor: ChartRow | null;
}

/** By it the lines are drawn anew without the frame around them. */
export const LinesContext = createContext<LinesProps>({ rows: [], series: [], markers: [], cursor: null });

const LABEL_DROP = 20;
const DOT_RADIUS = 3;

/** Stands inside a chart of recharts, whose scales it draws by. */
export function Lines() {
  const { rows, series, markers, cursor } = use(LinesContext);
  const across = useXAxisScale();
  const down = useYAxisScale();
  const area = usePlotArea();
  if (across === undefined || down === undefined || area === undefined) return null;
  const x = (step: number) => across(shareOf(rows, step)) ?? NaN;
  const y = (value: number) => down(value) ?? NaN;
  const bottom = area.y + area.height;
  const isWithin = (step: number) => step >= (rows[0]?.step ?? NaN) && step <= (rows.at(-1)?.step ?? NaN);
  const upright = { y1: area.y, y2: bottom };
  return (
    <>
      {stepTicks(rows).map((step) => (
        <text key={step} x={x(step)} y={bottom + LABEL_DROP} textAnchor="middle">
          {formatCount(step)}
        </text>
      ))}
      {markers.map(
        ({ step }, index) =>
          isWithin(step) && (
            <line key={index} x1={x(step)} x2={x(step)} {...upright} stroke="var(--text)" strokeDasharray="2 2" />
          ),
      )}
      {series.map(({ column, label, player, dash }) => (
        <path
          key={column}
          role="img"
          aria-label={`${label} over steps`}
          d={pathOf(rows, column, x, y)}
          fill="none"
          stroke={`var(--${player})`}
          strokeWidth={1.5}
          strokeDasharray={rows.length > 1 ? dash : undefined}
        />
      ))}
      {cursor !== null && <line x1={x(cursor.step)} x2={x(cursor.step)} {...upright} stroke="var(--edge)" />}
    </>
  );
}

type Scale = (value: number) => number;

/** Straight from number to number, over what gaps there are; a ring where there is but one. */
function pathOf(rows: readonly ChartRow[], column: string, x: Scale, y: Scale): string {
  const places = rows.flatMap(({ step, [column]: value }) =>
    value === null || value === undefined ? [] : [[x(step).toFixed(1), y(value).toFixed(1)] as const],
  );
  const [only] = places;
  if (places.length === 1 && only !== undefined) {
    const half = `a${String(DOT_RADIUS)},${String(DOT_RADIUS)} 0 0 1`;
    return `M${String(Number(only[0]) - DOT_RADIUS)},${only[1]}${half} ${String(2 * DOT_RADIUS)},0${half} ${String(-2 * DOT_RADIUS)},0`;
  }
  return places.map(([left, top], index) => `${index === 0 ? "M" : "L"}${left},${top}`).join("");
}
