/** A menu of all layers, in groups, each with a sentence of help. It knows the catalogue of layers and not where they go. */
import { Plus } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useId, type ReactNode } from "react";
import type { LayerConfig, LayerType } from "../../gan/config.ts";
import { LAYER_CATALOGUE, LAYER_GROUPS, type LayerGroup } from "../../gan/layers/catalogue.ts";
import { Button } from "../controls/Button.tsx";
import { classNames } from "../controls/classNames.ts";
import menu from "../controls/Menu.module.css";
import styles from "./AddLayer.module.css";

interface AddLayerProps {
  /** The accessible name of the button. */
  readonly name: string;
  readonly onAdd: (layer: LayerConfig) => void;
  /** What stands beside the plus sign. */
  readonly children?: ReactNode;
}

const GROUPS = Object.keys(LAYER_GROUPS) as readonly LayerGroup[];
const TYPES = Object.keys(LAYER_CATALOGUE) as readonly LayerType[];

export function AddLayer({ name, onAdd, children }: AddLayerProps) {
  const id = useId();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button
          aria-label={name}
          title={name}
          look={children === undefined ? "quiet" : "plain"}
          {...(children === undefined && styles.small !== undefined ? { className: styles.small } : {})}
        >
          <Plus size={14} aria-hidden="true" />
          {children}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={classNames(menu.menu, styles.menu)}
          sideOffset={4}
          collisionPadding={8}
          aria-label={name}
        >
          {GROUPS.map((group) => (
            <DropdownMenu.Group key={group} aria-label={LAYER_GROUPS[group]}>
              <DropdownMenu.Label className={menu.heading}>{LAYER_GROUPS[group]}</DropdownMenu.Label>
              {TYPES.filter((type) => LAYER_CATALOGUE[type].group === group).map((type) => (
                <DropdownMenu.Item
                  key={type}
                  className={classNames(menu.item, styles.item)}
                  textValue={type}
                  aria-label={type}
                  aria-describedby={`${id}-${type}`}
                  onSelect={() => {
                    onAdd(LAYER_CATALOGUE[type].initial);
                  }}
                >
                  <span className={styles.type}>{type}</span>
                  <span id={`${id}-${type}`} className={menu.help}>
                    {LAYER_CATALOGUE[type].help}
                  </span>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
