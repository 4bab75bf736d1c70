/** A sheet over the page, with a title and a way to close it. It knows nothing of what it shows. */
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./Button.tsx";
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
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.veil} />
        <Dialog.Content className={`${styles.sheet ?? ""} ${styles[place] ?? ""}`} aria-describedby={undefined}>
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton name="Close" look="quiet">
                <X size={16} aria-hidden="true" />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className={styles.body}>{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
