/** Many buttons in rows as one tab stop: the arrow keys go from one to the next. It knows buttons, and nothing of what they do. */
import { useRef, useState, type KeyboardEvent, type RefObject } from "react";

export interface ArrowWalk {
  /** For the element around the buttons, whose role keeps the arrows from doing anything else. */
  readonly group: RefObject<HTMLDivElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** 0 for the button that Tab goes to, −1 for the others. */
  readonly tabIndexOf: (index: number) => number;
  /** To be told when a button was pressed: Tab comes back to it. */
  readonly stopAt: (index: number) => void;
}

export function useArrowWalk(count: number, columns: number): ArrowWalk {
  const [current, setCurrent] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  return {
    group,
    onKeyDown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const next = current + step;
      if (next < 0 || next >= count) return;
      setCurrent(next);
      group.current?.querySelectorAll("button")[next]?.focus();
    },
    tabIndexOf: (index) => (index === Math.min(current, count - 1) ? 0 : -1),
    stopAt: setCurrent,
  };
}
