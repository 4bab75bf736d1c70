/** The lines of a figure over steps, with axes, floor, markers and the values under the pointer. It knows no run. */
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatCount, formatMeasurement } from "../numbers.ts";
import styles from "./ChartFigure.module.css";
import type { ChartRow } from "./rows.ts";
import { stepTicks, valueTicks } from "./ticks.ts";

export interface Series<Column extends string = string> {
  readonly column: Column;
  readonly label: string;
  readonly player: "generator" | "discriminator" | "real" | "neutral";
  /** Told apart by more than colour. */
  readonly dash?: string;
}

export interface ChartMarker {
  readonly step: number;
}

export interface Floor {
  readonly least: number;
  readonly typical: number;
  readonly greatest: number;
}

export interface PlotProps {
  readonly series: readonly Series[];
  readonly rows: readonly ChartRow[];
  readonly hidden: readonly string[];
  readonly markers: readonly ChartMarker[];
  readonly scale?: "linear" | "log";
  /** The numbers on the vertical axis, where they are always the same; else they follow the values. */
  readonly ticks?: readonly number[];
  /** A horizontal line that means something. */
  readonly level?: number;
  /** What real data gets: a line, and the range about it that is as likely. */
  readonly floor?: Floor;
}

const HEIGHT = 196;
/** The last step's label is centred under the right edge: half of six digits has room there. */
const MARGIN = { top: 6, right: 22, bottom: 0, left: 0 };
const AXIS_WIDTH = 50;
/** The column of the floor's ends, which the axis encloses as it does the lines. */
const FLOOR = "floor";

export function Plot({ rows, series, hidden, markers, scale = "linear", ticks: fixed, level, floor }: PlotProps) {
  const shown = series.filter(({ column }) => !hidden.includes(column));
  // Ticks are chosen here because recharts measures texts on the page for it, at every update.
  const ticks =
    fixed ??
    valueTicks(
      [...rows, ...endsOf(floor).map((value) => ({ step: 0, [FLOOR]: value }))],
      [...shown.map(({ column }) => column), FLOOR],
      scale,
    );
  const [first = 0, last = 1] = [ticks[0], ticks.at(-1)];
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <LineChart data={rows} margin={MARGIN}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="step"
          type="number"
          domain={["dataMin", "dataMax"]}
          ticks={[...stepTicks(rows)]}
          interval={0}
          tickFormatter={formatCount}
          tickLine={false}
          stroke="var(--soft)"
          fontSize="var(--text-small)"
        />
        <YAxis
          width={AXIS_WIDTH}
          scale={scale}
          domain={[first, last]}
          ticks={[...ticks]}
          interval={0}
          tickFormatter={formatTick}
          tickLine={false}
          axisLine={false}
          stroke="var(--soft)"
          fontSize="var(--text-small)"
        />
        <Tooltip
          content={<Reading series={shown} rows={rows} />}
          isAnimationActive={false}
          cursor={{ stroke: "var(--edge)" }}
        />
        {floor !== undefined && (
          <ReferenceArea
            y1={floor.least}
            y2={floor.greatest}
            fill="var(--real)"
            fillOpacity={0.2}
            ifOverflow="hidden"
          />
        )}
        {floor !== undefined && <ReferenceLine y={floor.typical} stroke="var(--real)" />}
        {level !== undefined && <ReferenceLine y={level} stroke="var(--soft)" strokeDasharray="3 4" />}
        {markers.map(({ step }, index) => (
          <ReferenceLine key={index} x={step} stroke="var(--text)" strokeDasharray="2 2" ifOverflow="hidden" />
        ))}
        {shown.map(({ column, label, player, dash }) => (
          <Line
            key={column}
            dataKey={column}
            name={label}
            stroke={`var(--${player})`}
            strokeWidth={1.5}
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
            dot={rows.length === 1}
            isAnimationActive={false}
            connectNulls
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}

function endsOf(floor: Floor | undefined): readonly number[] {
  return floor === undefined ? [] : [floor.least, floor.greatest];
}

interface ReadingProps {
  readonly series: readonly Series[];
  readonly rows: readonly ChartRow[];
  /** These two come from the chart. */
  readonly active?: boolean;
  readonly label?: number | string;
}

/** The exact values at the step under the pointer, or where the arrow keys have gone. */
function Reading({ series, rows, active = false, label }: ReadingProps) {
  const row = rows.find(({ step }) => step === Number(label));
  if (!active || row === undefined) return null;
  return (
    <div className={styles.tip}>
      <p>step {formatCount(row.step)}</p>
      {series.map(({ column, label: name, player }) => (
        <p key={column} data-player={player}>
          {name} <b>{formatMeasurement(row[column], 4)}</b>
        </p>
      ))}
    </div>
  );
}

const COARSE_TICK = 100;

function formatTick(value: number): string {
  if (Math.abs(value) >= COARSE_TICK) return formatCount(Math.round(value));
  return String(Number(value.toPrecision(2)));
}
