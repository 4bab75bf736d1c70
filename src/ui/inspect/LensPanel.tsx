/** The image that is held, and what the discriminator says of it. */
import { SCORE_SCALES } from "../../state/scores.ts";
import { useLens, useSession } from "../context.ts";
import styles from "../explore/Tool.module.css";
import { Picture } from "../explore/Picture.tsx";
import { formatMeasurement } from "../numbers.ts";

export function LensPanel() {
  const image = useLens((state) => state.image);
  const score = useLens((state) => state.score);
  const refusal = useLens((state) => state.refusal);
  const { name, help } = SCORE_SCALES[useSession((state) => state.running.loss)];
  return (
    <section aria-label="Lens" className={styles.tool}>
      <h3 className={styles.title}>Under the lens</h3>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      {image === null ? (
        <p className={styles.hint}>Click any image to look at it closely.</p>
      ) : (
        <>
          <Picture name="Image under the lens" images={image} index={0} />
          <p>
            {name} <output aria-label="Score under the lens">{formatMeasurement(score, 3)}</output>
          </p>
          <p className={styles.hint}>{help}</p>
        </>
      )}
    </section>
  );
}
