/** A field to draw on with mouse, finger or keys, pixel by pixel. It knows a drawing, and nothing of what it is for. */
import { Eraser, Focus, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { canCentre, centred, cleared, undone, type Drawing } from "../../state/drawing.ts";
import { Button, IconButton } from "../controls/Button.tsx";
import { Slider, type SliderScale } from "../controls/Slider.tsx";
import styles from "./DrawingPad.module.css";
import { inkOf } from "./ink.ts";
import { PenField } from "./PenField.tsx";

interface DrawingPadProps {
  /** What the drawing is called. */
  readonly name: string;
  readonly drawing: Drawing;
  readonly onChange: (drawing: Drawing) => void;
}

const PEN_WIDTH = {
  label: "Pen width",
  range: [1, 6],
  scale: "linear",
  step: 0.5,
  unit: "pixels",
  player: "both",
} as const satisfies SliderScale;
/** About as wide as the strokes of MNIST's digits. */
const FIRST_WIDTH = 2.5;
const WHITE = "#ffffff";

export function DrawingPad({ name, drawing, onChange }: DrawingPadProps) {
  const [width, setWidth] = useState(FIRST_WIDTH);
  const [colour, setColour] = useState(WHITE);
  const [erases, setErases] = useState(false);
  const channels = drawing.image.shape[2];
  const undo = (): void => {
    onChange(undone(drawing));
  };
  return (
    <div className={styles.pad}>
      <PenField
        name={name}
        drawing={drawing}
        pen={{ width, ink: inkOf(erases ? "#000000" : colour, channels) }}
        onChange={onChange}
        onUndo={undo}
      />
      <div className={styles.tools}>
        <IconButton name="Undo" disabled={drawing.past.length === 0} onClick={undo}>
          <Undo2 size={14} aria-hidden="true" />
        </IconButton>
        <IconButton
          name="Rubber"
          hint="Draw in black"
          aria-pressed={erases}
          onClick={() => {
            setErases(!erases);
          }}
        >
          <Eraser size={14} aria-hidden="true" />
        </IconButton>
        <IconButton
          name="Clear the drawing"
          onClick={() => {
            onChange(cleared(drawing));
          }}
        >
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
        {canCentre(drawing) && (
          <Button
            title="Scales it to 20 × 20 pixels and puts its centre of mass in the middle, as all digits of MNIST are"
            onClick={() => {
              onChange(centred(drawing));
            }}
          >
            <Focus size={14} aria-hidden="true" />
            Centre
          </Button>
        )}
        {channels > 1 && (
          <input
            type="color"
            aria-label="Ink"
            className={styles.ink}
            value={colour}
            onChange={(event) => {
              setColour(event.currentTarget.value);
            }}
          />
        )}
        <span className={styles.width}>
          <Slider
            setting={PEN_WIDTH}
            value={width}
            onChange={setWidth}
            onReset={() => {
              setWidth(FIRST_WIDTH);
            }}
          />
        </span>
      </div>
    </div>
  );
}
