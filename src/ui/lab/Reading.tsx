/** What is at the cross: its place, the discriminator's score there and, where they are known, the densities. */
import type { PlaneAnswer } from "../../worker/questions/plane.question.ts";
import { useLab } from "../context.ts";
import { optimalScores, valueAt } from "./fields.ts";
import styles from "./Reading.module.css";
import type { PlacedPoint } from "./paint.ts";

export function Reading({ cross }: { readonly cross: PlacedPoint | null }) {
  const frame = useLab((state) => state.frame);
  return (
    <p id="lab-reading" className={styles.reading}>
      {cross === null || frame === null ? "Point at a place, or move the cross by the arrow keys." : read(frame, cross)}
    </p>
  );
}

function read({ surface, densities, extent }: PlaneAnswer, [x, y]: PlacedPoint): string {
  const parts = [`x ${signed(x)}`, `y ${signed(y)}`];
  const at = (field: Float32Array) => valueAt(field, extent, x, y);
  if (surface !== null) parts.push(`D(x) ${at(surface).toFixed(2)}`);
  if (densities !== null) {
    const best = at(optimalScores(densities));
    parts.push(`best D ${Number.isNaN(best) ? "unknown" : best.toFixed(2)}`);
    parts.push(`p_data ${at(densities.real).toFixed(2)}`, `p_G ${at(densities.fake).toFixed(2)}`);
  }
  return parts.join(" · ");
}

/** With a minus sign, and no minus before 0. */
function signed(value: number): string {
  return (Math.abs(value) < 0.005 ? 0 : value).toFixed(2).replace("-", "−");
}
