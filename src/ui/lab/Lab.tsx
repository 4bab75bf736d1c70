/** The lab: a run of points in the plane, with what its players see there, or a drawing that a run is to be made of. */
import { PencilLine } from "lucide-react";
import { useCallback, useMemo } from "react";
import { pointOf, type SketchPoint } from "../../state/sketch.ts";
import { useDuel, useLab, useSession, useSketch } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { DrawTools } from "./DrawTools.tsx";
import styles from "./Lab.module.css";
import { EXTENT, LabCanvas, type Hand } from "./LabCanvas.tsx";
import { paintDrawing, type PlacedPoint, type Sheet } from "./paint.ts";
import { ViewToggles } from "./ViewToggles.tsx";

export function Lab() {
  const { sketch } = useDuel();
  const draws = useSketch((state) => state.open);
  const refusal = useLab((state) => state.refusal);
  return (
    <section aria-label="Lab" className={styles.lab}>
      <div className={styles.head}>
        <h2 className={styles.title}>{draws ? "Your drawing" : "The plane"}</h2>
        <p className={styles.hint}>{draws ? "What you draw becomes the data that is learned." : <Hint />}</p>
        {!draws && (
          <Button
            onClick={() => {
              sketch.begin();
            }}
          >
            <PencilLine size={14} aria-hidden="true" />
            Draw
          </Button>
        )}
      </div>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      <div className={styles.body}>
        <div className={styles.room}>{draws ? <DrawnPlane /> : <LabCanvas />}</div>
        <div className={styles.side}>{draws ? <DrawTools /> : <ViewToggles />}</div>
      </div>
    </section>
  );
}

function Hint() {
  const isUntrained = useSession(({ phase }) => phase === "ready" || phase === "preparing");
  return isUntrained
    ? "Untrained: what the generator makes of noise before its first step."
    : "Every point, and what the discriminator thinks of it.";
}

function DrawnPlane() {
  const { sketch } = useDuel();
  const points = useSketch((state) => state.points);
  const spread = useSketch((state) => state.spread);
  const tool = useSketch((state) => state.tool);
  const paintOver = useCallback(
    (sheet: Sheet) => {
      const placed = points.map((place): PlacedPoint => {
        const [right, up] = pointOf(place);
        return [EXTENT * right, EXTENT * up];
      });
      paintDrawing(sheet, placed, spread);
    },
    [points, spread],
  );
  const hand = useMemo((): Hand => {
    const shareOf = ([x, y]: PlacedPoint): SketchPoint => [x / EXTENT, y / EXTENT];
    return {
      name: tool === "pen" ? "pen in hand" : "eraser in hand",
      press: (at) => {
        sketch.press(shareOf(at));
      },
      drag: (at) => {
        sketch.drag(shareOf(at));
      },
      release: () => {
        sketch.release();
      },
    };
  }, [sketch, tool]);
  return <LabCanvas paintOver={paintOver} hand={hand} />;
}
