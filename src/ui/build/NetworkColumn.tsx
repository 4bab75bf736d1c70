/** One player's network as a list of layers, with what is wrong and how to mend it. It knows one player and the builder. */
import { useRef, useState } from "react";
import { formatCount } from "../../shared/counts.ts";
import type { Phase } from "../../gan/config.ts";
import type { Shape } from "../../gan/layers/layerShape.ts";
import type { LayerDescription, NetworkDescription } from "../../gan/networkShape.ts";
import { useBuilder, useDuel } from "../context.ts";
import { formatFlop } from "../numbers.ts";
import { AddLayer } from "./AddLayer.tsx";
import { LayerRow, type RowAction } from "./LayerRow.tsx";
import styles from "./NetworkColumn.module.css";
import { NoiseInput } from "./NoiseInput.tsx";
import { formatTimes } from "./shapeChoices.ts";
import { Trouble } from "./Trouble.tsx";

interface NetworkColumnProps {
  readonly player: Phase;
  readonly dataShape: Shape;
  readonly classes: number;
  readonly described: NetworkDescription;
  readonly announce: (text: string) => void;
}

const TITLES: Readonly<Record<Phase, string>> = { generator: "Generator", discriminator: "Discriminator" };

export function NetworkColumn({ player, dataShape, classes, described, announce }: NetworkColumnProps) {
  const { builder } = useDuel();
  const layers = useBuilder((state) => state.design[player]);
  const section = useRef<HTMLElement>(null);
  const [drop, setDrop] = useState<number | null>(null);
  const title = TITLES[player];

  /** Focuses a row, or its button for an action; without such a row, the column. What has moved would leave the focus behind. */
  const focusRow = (index: number, action: RowAction | null): void => {
    requestAnimationFrame(() => {
      const row = section.current?.querySelector<HTMLElement>(`[data-row="${String(index)}"]`);
      const button = row?.querySelector<HTMLButtonElement>(`[data-action="${String(action)}"]:not(:disabled)`);
      (button ?? row ?? section.current)?.focus();
    });
  };
  const move = (from: number, to: number, by: RowAction | null): void => {
    if (to < 0 || to >= layers.length || to === from) return;
    builder.move(player, from, to);
    announce(`${layers[from]?.type ?? "The layer"} is now layer ${String(to)} of the ${player}.`);
    focusRow(to, by);
  };
  /** The place in the list that a pointer is nearest to, as a number of layers before it. */
  const placeAt = (y: number): number => {
    const rows = [...(section.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    return rows.filter((row) => row.getBoundingClientRect().top + row.offsetHeight / 2 < y).length;
  };

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={`${title}'s layers`}
      className={styles.column}
      data-player={player}
    >
      <header className={styles.head}>
        <h3 className={styles.heading}>{title}</h3>
        <Total layers={described.head === null ? described.layers : [...described.layers, described.head]} />
      </header>
      {player === "generator" ? <NoiseInput /> : <p className={styles.end}>Gets {formatTimes(described.inputShape)}</p>}
      <ol className={styles.layers}>
        {layers.map((layer, index) => (
          <LayerRow
            key={`${String(index)} ${layer.type}`}
            player={player}
            index={index}
            layer={layer}
            count={layers.length}
            described={described.layers[index]}
            isWrong={described.problem?.layerIndex === index}
            dropSide={dropSideOf(index, drop, layers.length)}
            move={(to, by) => {
              move(index, to, by);
            }}
            remove={() => {
              builder.remove(player, index);
              announce(`${layer.type} removed from the ${player}.`);
              focusRow(Math.min(index, layers.length - 2), "remove");
            }}
            drag={(y) => {
              setDrop(placeAt(y));
            }}
            drop={(y) => {
              setDrop(null);
              if (y === null) return;
              const place = placeAt(y);
              move(index, place > index ? place - 1 : place, null);
            }}
            announce={announce}
          />
        ))}
      </ol>
      <Trouble
        player={player}
        dataShape={dataShape}
        classes={classes}
        problem={described.problem}
        onRepair={(network, label) => {
          builder.change({ ...builder.store.getState().design, [player]: network });
          announce(`Done: ${label}.`);
          section.current?.focus();
        }}
      />
      <div className={styles.foot}>
        <AddLayer
          name={`Add a layer to the ${player}`}
          onAdd={(layer) => {
            builder.insert(player, layers.length, layer);
            announce(`${layer.type} added to the ${player}.`);
          }}
        >
          Add a layer
        </AddLayer>
        <span className={styles.end}>
          {player === "generator" ? `Has to make ${formatTimes(dataShape)}` : "Has to end in 1 number, the score"}
        </span>
      </div>
    </section>
  );
}

function dropSideOf(index: number, drop: number | null, count: number): "before" | "after" | null {
  if (drop === index) return "before";
  return drop === count && index === count - 1 ? "after" : null;
}

function Total({ layers }: { readonly layers: readonly LayerDescription[] }) {
  const total = (count: "parameters" | "multiplyAdds") => layers.reduce((sum, layer) => sum + layer[count], 0);
  return (
    <p
      className={styles.end}
      title="FLOP: multiplications and additions of one pass forward. A training step makes several passes of a whole batch."
    >
      {formatCount(total("parameters"))} parameters · {formatFlop(2 * total("multiplyAdds"))} an item
    </p>
  );
}
