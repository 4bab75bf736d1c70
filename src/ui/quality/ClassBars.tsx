/** Which classes a classifier saw in the samples, as bars, and how many samples it is not sure of. It knows counts alone. */
import { formatCount } from "../../shared/counts.ts";
import { COVERED, type Quality } from "../../metrics/quality.ts";
import styles from "./ClassBars.module.css";

interface ClassBarsProps {
  readonly histogram: NonNullable<Quality["histogram"]>;
  /** What the classes are called, by label. */
  readonly names: readonly string[];
  /** What one of the classes is called, in the plural. */
  readonly kinds: string;
}

export function ClassBars({ histogram: { counts, unrecognised }, names, kinds }: ClassBarsProps) {
  const total = counts.reduce((sum, count) => sum + count, unrecognised);
  const most = Math.max(1, unrecognised, ...counts);
  const title = `${kinds.slice(0, 1).toUpperCase()}${kinds.slice(1)} seen`;
  const bars = counts.map((count, label) => ({ name: names[label] ?? String(label), count, unsure: false }));
  return (
    <figure className={styles.figure} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.note}>
        What a classifier takes {formatCount(total)} samples for. Real {kinds} are about as many of each. It knows
        nothing else, so it takes noise for one of them, too.
      </p>
      <ul className={styles.bars}>
        {[...bars, { name: "?", count: unrecognised, unsure: true }].map(({ name, count, unsure }) => (
          <li
            key={name}
            data-kind={unsure ? "unsure" : count >= COVERED * total ? "covered" : "missing"}
            aria-label={`${unsure ? "not sure" : name}: ${formatCount(count)}`}
          >
            <span className={styles.count} aria-hidden="true">
              {formatCount(count)}
            </span>
            <span className={styles.bar} style={{ height: `${String((BAR_HEIGHT * count) / most)}px` }} />
            <span className={styles.name} aria-hidden="true">
              {name}
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

const BAR_HEIGHT = 64;
