/** The lines of a figure over steps, with axes, floor, markers and the values under the pointer. It knows no run. */
import { memo } from "react";
import { CartesianGrid, LineChart, ReferenceArea, ReferenceLine, XAxis, YAxis } from "recharts";
import { formatCount } from "../../shared/counts.ts";
import { PLOT } from "./plotMeasures.ts";
import { StepReader } from "./StepReader.tsx";
import { Lines, LinesContext } from "./Lines.tsx";
import type { ChartRow } from "./rows.ts";
import { valueTicks } from "./ticks.ts";

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
  return (
    <StepReader rows={rows} series={shown}>
      {(cursor) => (
        <LinesContext value={{ rows, series: shown, markers, cursor }}>
          <Frame
            ticks={ticks}
            scale={scale}
            {...(level === undefined ? {} : { level })}
            {...(floor === undefined ? {} : { floor })}
          />
        </LinesContext>
      )}
    </StepReader>
  );
}

function endsOf(floor: Floor | undefined): readonly number[] {
  return floor === undefined ? [] : [floor.least, floor.greatest];
}

interface FrameProps {
  readonly ticks: readonly number[];
  readonly scale: "linear" | "log";
  readonly level?: number;
  readonly floor?: Floor;
}

/** Both ends of the horizontal axis; which steps they are is for the lines to know. */
const ENDS = [{ share: 0 }, { share: 1 }];

/**
 * What stays while a run trains, and is drawn anew only when it does not: an update of recharts with hundreds of rows keeps
 * the page busy for tens of milliseconds, one of the lines alone for a few.
 */
const Frame = memo(DrawnFrame, (before, after) => JSON.stringify(before) === JSON.stringify(after));

function DrawnFrame({ ticks, scale, level, floor }: FrameProps) {
  const [first = 0, last = 1] = [ticks[0], ticks.at(-1)];
  return (
    <LineChart
      responsive
      style={{ width: "100%", height: PLOT.height }}
      data={ENDS}
      margin={PLOT.margin}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="share"
        type="number"
        domain={[0, 1]}
        allowDataOverflow
        height={PLOT.stepsHeight}
        tick={false}
        tickLine={false}
        stroke="var(--soft)"
      />
      <YAxis
        width={PLOT.valuesWidth}
        scale={scale}
        domain={[first, last]}
        allowDataOverflow
        ticks={[...ticks]}
        interval={0}
        tickFormatter={formatTick}
        tickLine={false}
        axisLine={false}
        stroke="var(--soft)"
        fontSize="var(--text-small)"
      />
      {floor !== undefined && (
        <ReferenceArea y1={floor.least} y2={floor.greatest} fill="var(--real)" fillOpacity={0.2} ifOverflow="hidden" />
      )}
      {floor !== undefined && <ReferenceLine y={floor.typical} stroke="var(--real)" />}
      {level !== undefined && <ReferenceLine y={level} stroke="var(--soft)" strokeDasharray="3 4" />}
      <Lines />
    </LineChart>
  );
}

const COARSE_TICK = 100;

function formatTick(value: number): string {
  if (Math.abs(value) >= COARSE_TICK) return formatCount(Math.round(value));
  return String(Number(value.toPrecision(2)));
}
