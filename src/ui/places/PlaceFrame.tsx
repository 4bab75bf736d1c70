/** The frame of every place but Train: its heading, a sentence on what it is for, where the run stands, and the notices. */
import type { ReactNode } from "react";
import { RunLine } from "../duel/RunLine.tsx";
import { Notices } from "../notices/Notices.tsx";
import styles from "./PlaceFrame.module.css";

export interface PlaceFrameProps {
  readonly title: string;
  /** What one can do here, in one sentence. */
  readonly intro: string;
  readonly children: ReactNode;
}

export function PlaceFrame({ title, intro, children }: PlaceFrameProps) {
  return (
    <main className={styles.place} aria-label={title}>
      <header className={styles.head}>
        <div>
          <h2 className={styles.title}>{title}</h2>
          <p className={styles.intro}>{intro}</p>
        </div>
        <RunLine />
      </header>
      <Notices />
      {children}
    </main>
  );
}
