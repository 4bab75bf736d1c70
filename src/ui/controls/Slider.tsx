/** A slider over a number's range, linear or logarithmic. It knows one number and nothing of the session. */
import type { CSSProperties, KeyboardEvent, PointerEvent } from "react";
import { useRef } from "react";
import type { NumberScale, NumberSetting } from "../../gan/settings.ts";
import { describeNumber, fractionOf, nudge, valueAt } from "../numbers.ts";
import styles from "./Slider.module.css";

/** What a slider must know of the number it moves; a setting is one. */
export type SliderScale = NumberScale & Pick<NumberSetting, "label" | "player">;

interface SliderProps {
  readonly setting: SliderScale;
  readonly value: number;
  readonly disabled?: boolean;
  readonly describedBy?: string;
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
}

/** How far Page keys go, in steps. */
const PAGE_STEPS = 10;

const STEPS_OF_KEY: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: PAGE_STEPS,
  PageDown: -PAGE_STEPS,
};

/**
 * A native range input, whose value is the setting's own number, under a track drawn on the setting's scale. Pointer and
 * keys are mapped here, because the native input knows linear scales alone.
 */
export function Slider({ setting, value, disabled = false, describedBy, onChange, onReset }: SliderProps) {
  const dragging = useRef(false);
  const [minimum, maximum] = setting.range;

  const moveTo = (event: PointerEvent<HTMLInputElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const thumb = Number.parseFloat(getComputedStyle(event.currentTarget).getPropertyValue("--thumb"));
    onChange(valueAt(setting, (event.clientX - box.left - thumb / 2) / (box.width - thumb)));
  };
  const press = (event: PointerEvent<HTMLInputElement>): void => {
    if (event.button !== 0 || disabled) return;
    // Keeps the native input from moving its own, linear thumb; with it goes the focus, which is given by hand.
    event.preventDefault();
    event.currentTarget.focus({ focusVisible: false });
    event.currentTarget.setPointerCapture(event.pointerId);
    dragging.current = true;
    moveTo(event);
  };
  const release = (): void => {
    dragging.current = false;
  };
  const turnKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const steps = STEPS_OF_KEY[event.key];
    const next = steps === undefined ? { Home: minimum, End: maximum }[event.key] : nudge(setting, value, steps);
    if (next === undefined) return;
    event.preventDefault();
    onChange(next);
  };

  return (
    <span
      className={styles.slider}
      data-player={setting.player}
      style={{ "--fraction": fractionOf(setting, value) } as CSSProperties}
    >
      <input
        type="range"
        min={minimum}
        max={maximum}
        step="any"
        value={value}
        disabled={disabled}
        aria-label={setting.label}
        aria-valuetext={describeNumber(setting, value)}
        aria-describedby={describedBy}
        onChange={(event) => {
          // What the native input makes of a finger is linear, and not meant.
          if (!dragging.current) onChange(valueAt(setting, fractionOf(setting, event.currentTarget.valueAsNumber)));
        }}
        onPointerDown={press}
        onPointerMove={(event) => {
          if (dragging.current) moveTo(event);
        }}
        onPointerUp={release}
        onPointerCancel={release}
        onKeyDown={turnKey}
        onDoubleClick={onReset}
      />
    </span>
  );
}
