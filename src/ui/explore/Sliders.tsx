/** Sliders through latent space: along the main directions, towards the middle, and along single dimensions. */
import { useMemo } from "react";
import { DIRECTIONS } from "../../state/explorer.ts";
import { REACH } from "../../state/latentPlaces.ts";
import { useDuel, useExplorer } from "../context.ts";
import { Slider, type SliderScale } from "../controls/Slider.tsx";
import styles from "./Sliders.module.css";

/** Single dimensions that get a slider: those that matter most. */
const DIMENSIONS = 6;

const ALONG = { range: [-REACH, REACH], scale: "linear", step: 0.05, unit: "", player: "generator" } as const;
const TRUNCATION = {
  range: [0, 1.5],
  scale: "linear",
  step: 0.05,
  unit: "",
  player: "generator",
  label: "Truncation",
} as const satisfies SliderScale;

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

export function DirectionSliders() {
  const { explorer } = useDuel();
  const map = useExplorer((state) => state.map);
  const offsets = useExplorer((state) => state.offsets);
  const truncation = useExplorer((state) => state.truncation);
  const count = Math.min(DIRECTIONS, map?.directions.length ?? 0);
  return (
    <div className={styles.sliders}>
      {Array.from({ length: count }, (_, index) => (
        <Labelled
          key={index}
          scale={{ ...ALONG, label: `Direction ${String(index + 1)}` }}
          note={`${percent(map?.shares[index] ?? 0)} of the first layer`}
          value={offsets[index] ?? 0}
          onChange={(amount) => {
            explorer.moveAlong(index, amount);
          }}
          standard={0}
        />
      ))}
      <Labelled
        scale={TRUNCATION}
        note="1 is the latent itself, 0 the middle of all"
        value={truncation}
        onChange={(psi) => {
          explorer.truncate(psi);
        }}
        standard={1}
      />
    </div>
  );
}

export function DimensionSliders() {
  const { explorer } = useDuel();
  const map = useExplorer((state) => state.map);
  const anchor = useExplorer((state) => state.anchor);
  const order = useMemo(() => {
    const importance = map?.importance ?? new Float32Array();
    return [...importance.keys()].sort((a, b) => (importance[b] ?? 0) - (importance[a] ?? 0)).slice(0, DIMENSIONS);
  }, [map]);
  return (
    <details className={styles.details}>
      <summary>Single dimensions, those that matter first</summary>
      <div className={styles.sliders}>
        {order.map((dimension) => (
          <Labelled
            key={dimension}
            scale={{ ...ALONG, label: `Dimension ${String(dimension)}` }}
            note={`${percent(map?.importance[dimension] ?? 0)} of the first layer`}
            value={anchor?.[dimension] ?? 0}
            onChange={(value) => {
              explorer.setDimension(dimension, value);
            }}
            standard={0}
          />
        ))}
      </div>
    </details>
  );
}

interface LabelledProps {
  readonly scale: SliderScale;
  readonly note: string;
  readonly value: number;
  readonly standard: number;
  readonly onChange: (value: number) => void;
}

function Labelled({ scale, note, value, standard, onChange }: LabelledProps) {
  const shown = Math.min(scale.range[1], Math.max(scale.range[0], value));
  return (
    <div>
      <div className={styles.line}>
        <span>{scale.label}</span>
        <span className={styles.note}>{note}</span>
        <span className={styles.value}>{value.toFixed(2)}</span>
      </div>
      <Slider
        setting={scale}
        value={shown}
        onChange={onChange}
        onReset={() => {
          onChange(standard);
        }}
      />
    </div>
  );
}
