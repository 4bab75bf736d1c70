/** One layer of a list: its type, its fields, what it makes and costs, and what can be done with it. */
import { ArrowDown, ArrowUp, Copy, GripVertical, X } from "lucide-react";
import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { formatCount } from "../../shared/counts.ts";
import type { LayerConfig, Phase } from "../../gan/config.ts";
import { LAYER_FIELDS } from "../../gan/config/layerFields.ts";
import { LAYER_CATALOGUE } from "../../gan/layers/catalogue.ts";
import type { LayerDescription } from "../../gan/networkShape.ts";
import { useDuel } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { formatFlop } from "../numbers.ts";
import { AddLayer } from "./AddLayer.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { fieldsOf, writeField } from "./fields.ts";
import styles from "./LayerRow.module.css";
import { formatTimes } from "./shapeChoices.ts";

/** What has a button in the row: a row that has moved gives the focus to the same button. */
export type RowAction = "up" | "down" | "remove";

interface LayerRowProps {
  readonly player: Phase;
  readonly index: number;
  readonly layer: LayerConfig;
  readonly count: number;
  /** Undefined after the first layer that does not fit. */
  readonly described: LayerDescription | undefined;
  readonly isWrong: boolean;
  /** On which side of it a layer would land that is dragged. */
  readonly dropSide: "before" | "after" | null;
  readonly move: (to: number, by: RowAction | null) => void;
  readonly remove: () => void;
  readonly drag: (y: number) => void;
  /** Null where the drag was given up. */
  readonly drop: (y: number | null) => void;
  readonly announce: (text: string) => void;
}

export function LayerRow({ player, index, layer, count, described, isWrong, dropSide, ...act }: LayerRowProps) {
  const { builder } = useDuel();
  const where = `layer ${String(index)} of the ${player} (${layer.type})`;
  const fields = fieldsOf(layer);
  const pressKey = (event: KeyboardEvent): void => {
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    // With Alt and an arrow a box of choices opens.
    if (step === undefined || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    act.move(index + step, null);
  };
  return (
    <li
      className={styles.row}
      data-row={index}
      data-wrong={isWrong}
      data-drop={dropSide}
      data-plain={fields.length === 0}
      tabIndex={-1}
      aria-label={`Layer ${String(index)}: ${layer.type}`}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      onKeyDown={pressKey}
    >
      <div className={styles.name}>
        <Grip drag={act.drag} drop={act.drop} />
        <span className={styles.index}>{index}</span>
        <b className={styles.type} title={LAYER_CATALOGUE[layer.type].help}>
          {layer.type}
        </b>
      </div>
      <div className={styles.actions}>
        <RowButton
          name={`Move up ${where}`}
          action="up"
          disabled={index === 0}
          onClick={() => {
            act.move(index - 1, "up");
          }}
        >
          <ArrowUp size={14} aria-hidden="true" />
        </RowButton>
        <RowButton
          name={`Move down ${where}`}
          action="down"
          disabled={index === count - 1}
          onClick={() => {
            act.move(index + 1, "down");
          }}
        >
          <ArrowDown size={14} aria-hidden="true" />
        </RowButton>
        <AddLayer
          name={`Insert after ${where}`}
          onAdd={(added) => {
            builder.insert(player, index + 1, added);
            act.announce(`${added.type} inserted as layer ${String(index + 1)} of the ${player}.`);
          }}
        />
        <RowButton
          name={`Duplicate ${where}`}
          onClick={() => {
            builder.insert(player, index + 1, layer);
            act.announce(`${layer.type} duplicated.`);
          }}
        >
          <Copy size={14} aria-hidden="true" />
        </RowButton>
        <RowButton name={`Remove ${where}`} action="remove" onClick={act.remove}>
          <X size={14} aria-hidden="true" />
        </RowButton>
      </div>
      <div className={styles.body}>
        {fields.map(({ name, value }) => (
          <FieldInput
            key={name}
            name={`${LAYER_FIELDS[name].label} of ${where}`}
            field={LAYER_FIELDS[name]}
            value={value}
            onChange={(next) => {
              builder.replace(player, index, writeField(layer, name, next), name);
            }}
            onSettle={() => {
              builder.settle();
            }}
          />
        ))}
        <p className={styles.facts}>{described === undefined ? "shape unknown" : factsOf(described)}</p>
      </div>
    </li>
  );
}

function factsOf({ outputShape, parameters, multiplyAdds }: LayerDescription): string {
  const facts = [`→ ${formatTimes(outputShape)}`];
  if (parameters > 0) facts.push(`${formatCount(parameters)} parameters`);
  if (multiplyAdds > 0) facts.push(formatFlop(2 * multiplyAdds));
  return facts.join(" · ");
}

interface RowButtonProps {
  readonly name: string;
  readonly action?: RowAction;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function RowButton({ name, action, disabled = false, onClick, children }: RowButtonProps) {
  return (
    <Button
      look="quiet"
      className={styles.small ?? ""}
      aria-label={name}
      title={name}
      data-action={action}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

/** What a pointer takes a row by; the keyboard has buttons and Alt with an arrow. */
function Grip({ drag, drop }: Pick<LayerRowProps, "drag" | "drop">) {
  const held = useRef(false);
  return (
    <span
      className={styles.grip}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.preventDefault();
        held.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (held.current) drag(event.clientY);
      }}
      onPointerUp={(event) => {
        if (held.current) drop(event.clientY);
        held.current = false;
      }}
      onPointerCancel={() => {
        held.current = false;
        drop(null);
      }}
    >
      <GripVertical size={14} />
    </span>
  );
}
