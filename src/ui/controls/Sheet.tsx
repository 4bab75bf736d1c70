/** A sheet over the page, with a title and a way to close it. It knows nothing of what it shows. */
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useRef } from "react";
import { Button } from "./Button.tsx";
import { classNames } from "./classNames.ts";
import styles from "./Sheet.module.css";

interface SheetProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** "centre" for something to read, "bottom" for a panel on a narrow screen. */
  readonly place: "centre" | "bottom";
  readonly children: ReactNode;
}

export function Sheet({ title, open, onOpenChange, place, children }: SheetProps) {
  const cameFrom = useRef<Element | null>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.veil} />
        <Dialog.Content
          className={classNames(styles.sheet, styles[place])}
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            cameFrom.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            // Radix gives the focus back to a trigger, and a sheet that a key opened has none.
            event.preventDefault();
            if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
          }}
        >
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button aria-label="Close" look="quiet">
                <X size={16} aria-hidden="true" />
              </Button>
            </Dialog.Close>
          </div>
          <div className={styles.body}>{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
