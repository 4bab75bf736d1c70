/** A combobox: one choice out of a few, each with a word of help. It knows nothing of settings. */
import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cspNonce } from "../nonce.ts";
import styles from "./Select.module.css";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly help: string;
}

interface SelectProps {
  /** The accessible name. */
  readonly name: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  readonly onChange: (value: string) => void;
  readonly describedBy?: string;
  /** What stands in the closed box instead of the chosen label. */
  readonly children?: ReactNode;
}

export function Select({ name, value, options, onChange, describedBy, children }: SelectProps) {
  return (
    <Primitive.Root value={value} onValueChange={onChange}>
      <Primitive.Trigger className={styles.trigger} aria-label={name} aria-describedby={describedBy}>
        <span className={styles.value}>
          <Primitive.Value>{children}</Primitive.Value>
        </span>
        <ChevronDown size={14} aria-hidden="true" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles.content} position="popper" sideOffset={4} collisionPadding={8}>
          <Primitive.Viewport nonce={cspNonce()}>
            {options.map((option) => (
              <Primitive.Item key={option.value} value={option.value} className={styles.item} aria-label={option.label}>
                <Check size={14} aria-hidden="true" className={styles.tick} />
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                <span className={styles.help}>{option.help}</span>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
