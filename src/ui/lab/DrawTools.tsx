/** What a person draws with: pen and rubber, undo and clear, the spread, and what makes a run of the drawing. */
import { Eraser, Pencil, Trash2, Undo2 } from "lucide-react";
import { DRAWING_SPREAD, MOST_DRAWN } from "../../gan/config.ts";
import { settingAt, type NumberSetting } from "../../gan/settings.ts";
import { useDuel, useSketch } from "../context.ts";
import { Button, IconButton } from "../controls/Button.tsx";
import { Slider } from "../controls/Slider.tsx";
import styles from "./DrawTools.module.css";

const SPREAD = { ...(settingAt("drawingSpread") as NumberSetting), label: "Spread" };
const SIZE = 14;

export function DrawTools() {
  const { sketch } = useDuel();
  const tool = useSketch((state) => state.tool);
  const count = useSketch((state) => state.points.length);
  const canUndo = useSketch((state) => state.past.length > 0);
  const spread = useSketch((state) => state.spread);
  const refusal = useSketch((state) => state.refusal);
  return (
    <div role="group" aria-label="Drawing" className={styles.tools}>
      <div className={styles.row}>
        <Button
          aria-pressed={tool === "pen"}
          onClick={() => {
            sketch.choose("pen");
          }}
        >
          <Pencil size={SIZE} aria-hidden="true" />
          Pen
        </Button>
        <Button
          aria-pressed={tool === "erase"}
          onClick={() => {
            sketch.choose("erase");
          }}
        >
          <Eraser size={SIZE} aria-hidden="true" />
          Erase
        </Button>
        <IconButton
          name="Undo stroke"
          disabled={!canUndo}
          onClick={() => {
            sketch.undo();
          }}
        >
          <Undo2 size={SIZE} aria-hidden="true" />
        </IconButton>
        <IconButton
          name="Clear drawing"
          disabled={count === 0}
          onClick={() => {
            sketch.clear();
          }}
        >
          <Trash2 size={SIZE} aria-hidden="true" />
        </IconButton>
      </div>
      <div className={styles.spread}>
        <span>Spread {spread.toFixed(2)}</span>
        <Slider
          setting={SPREAD}
          value={spread}
          onChange={(value) => {
            sketch.setSpread(value);
          }}
          onReset={() => {
            sketch.setSpread(DRAWING_SPREAD);
          }}
        />
      </div>
      <p role="status" aria-label="Drawn" className={styles.hint}>
        {count} of {MOST_DRAWN} points
      </p>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      <p className={styles.hint}>
        Draw in the plane with mouse or finger. By keyboard: go to the plane, move the cross by the arrow keys, and
        press Space where a point is to be.
      </p>
      <div className={styles.row}>
        <Button
          look="primary"
          disabled={count === 0}
          onClick={() => {
            sketch.fit();
          }}
        >
          Fit my drawing
        </Button>
        <Button
          onClick={() => {
            sketch.leave();
          }}
        >
          Cancel
        </Button>
      </div>
    </div>
  );
}
