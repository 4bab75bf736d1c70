/** A combobox: one choice out of a few, each with a word of help. It knows nothing of settings. */
import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cspNonce } from "../nonce.ts";
import { classNames } from "./classNames.ts";
import menu from "./Menu.module.css";
import styles from "./Select.module.css";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly help: string;
  /** The heading that it stands under, with its neighbours of the same; absent in a list without headings. */
  readonly group?: string;
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
        <Primitive.Content
          className={classNames(menu.menu, styles.content)}
          position="popper"
          sideOffset={4}
          collisionPadding={8}
        >
          <Primitive.Viewport nonce={cspNonce()}>
            {groupsOf(options).map(([first, ...others]) => (
              <Section key={first.group ?? ""} heading={first.group}>
                {[first, ...others].map((option) => (
                  <Item key={option.value} option={option} />
                ))}
              </Section>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** A group needs a heading to be named by; options without one stand alone. */
function Section({ heading, children }: { readonly heading: string | undefined; readonly children: ReactNode }) {
  if (heading === undefined) return children;
  return (
    <Primitive.Group>
      <Primitive.Label className={menu.heading}>{heading}</Primitive.Label>
      {children}
    </Primitive.Group>
  );
}

function Item({ option }: { readonly option: SelectOption }) {
  return (
    <Primitive.Item value={option.value} className={classNames(menu.item, styles.item)} aria-label={option.label}>
      <Check size={14} aria-hidden="true" className={styles.tick} />
      <Primitive.ItemText>{option.label}</Primitive.ItemText>
      <span className={classNames(menu.help, styles.help)}>{option.help}</span>
    </Primitive.Item>
  );
}

/** Neighbours with one heading; all of them together where there are no headings. */
function groupsOf(options: readonly SelectOption[]): readonly (readonly [SelectOption, ...SelectOption[]])[] {
  const groups: [SelectOption, ...SelectOption[]][] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last !== undefined && last[0].group === option.group) last.push(option);
    else groups.push([option]);
  }
  return groups;
}
