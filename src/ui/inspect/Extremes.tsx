/** The images that tell most about the discriminator: which fakes it believes, which it sees through, which real ones it doubts. */
import { useMemo } from "react";
import { imageOf } from "../../state/imageBatches.ts";
import { picked, ranked, type Order, type ScoredImages } from "../../state/ranking.ts";
import { useDuel, useInspector } from "../context.ts";
import styles from "../explore/Tool.module.css";
import { ScoredCells } from "./ScoredCells.tsx";

/** How many of each. */
const SHOWN = 8;

export function Extremes() {
  const scores = useInspector((state) => state.scores);
  if (scores === null) return null;
  const { fakes, reals } = scores;
  return (
    <section aria-label="Extremes" className={styles.tool}>
      <h3 className={styles.title}>Believed and doubted</h3>
      <p className={styles.hint}>
        Out of {fakes.images.count} fresh fakes, and {reals.images.count} real images of the last batches.
      </p>
      <Row title="Most convincing fakes" item="Convincing fake" kind="fake" scored={fakes} order="falling" />
      <Row title="Least convincing fakes" item="Poor fake" kind="fake" scored={fakes} order="rising" />
      {reals.images.count > 0 && (
        <Row title="Most doubted real images" item="Doubted real image" kind="real" scored={reals} order="rising" />
      )}
    </section>
  );
}

interface RowProps {
  readonly title: string;
  readonly item: string;
  readonly kind: "fake" | "real";
  readonly scored: ScoredImages;
  readonly order: Order;
}

function Row({ title, item, kind, scored, order }: RowProps) {
  const { lens } = useDuel();
  const first = useMemo(() => picked(scored, ranked(scored.scores, order).slice(0, SHOWN)), [scored, order]);
  return (
    <div>
      <p className={styles.hint}>{title}</p>
      <ScoredCells
        name={title}
        item={item}
        kind={kind}
        scored={first}
        columns={SHOWN}
        onPress={(cell) => {
          lens.hold(imageOf(first.images, cell));
        }}
      />
    </div>
  );
}
