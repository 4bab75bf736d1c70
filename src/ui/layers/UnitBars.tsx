/** The numbers of a layer without places, one bar each, up from zero or down, with their range. It knows no layer. */
import type { Phase } from "../../gan/config.ts";
import { formatMeasurement } from "../numbers.ts";
import layerStyles from "./LayerPanel.module.css";

interface UnitBarsProps {
  readonly name: string;
  readonly player: Phase;
  readonly values: Float32Array;
}

/** Units of the drawing: a bar is ten wide, the highest a hundred. */
const BAR = 10;
const HEIGHT = 100;

export function UnitBars({ name, player, values }: UnitBarsProps) {
  const finite = Array.from(values, (value) => (Number.isFinite(value) ? value : 0));
  const [least, greatest] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const span = greatest - least || 1;
  const zero = (HEIGHT * greatest) / span;
  const bars = finite.map((value, unit) => {
    const [left, height] = [unit * BAR + 1, (-HEIGHT * value) / span];
    return `M${String(left)} ${zero.toFixed(1)}v${height.toFixed(1)}h${String(BAR - 2)}v${(-height).toFixed(1)}z`;
  });
  const [low, high] = [least, greatest].map((end) => formatMeasurement(end, 3));
  return (
    <div className={layerStyles.bars} data-player={player}>
      <svg
        viewBox={`0 0 ${String(values.length * BAR)} ${String(HEIGHT)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: from ${low ?? ""} to ${high ?? ""}`}
      >
        <path d={bars.join("")} />
        <line x1="0" x2={values.length * BAR} y1={zero} y2={zero} />
      </svg>
      <div className={layerStyles.ends} aria-hidden="true">
        <span>{high}</span>
        <span>{low}</span>
      </div>
    </div>
  );
}
