/** A sample beside the training image that it is most like, and how near that is. It knows what was found, not who looked. */
import type { Lookalike } from "../../state/lookalike.ts";
import { Picture } from "../explore/Picture.tsx";
import { formatMeasurement } from "../numbers.ts";
import styles from "./LookalikeCard.module.css";
import { placeOnScale, RESEMBLANCES, resemblanceOf } from "./resemblance.ts";

export function LookalikeCard({ found: { sample, image, distance, unseen } }: { readonly found: Lookalike }) {
  return (
    <>
      <figure className={styles.image} data-kind="fake">
        <Picture name="Sample looked at" images={sample} index={0} />
        <figcaption>sample</figcaption>
      </figure>
      <figure className={styles.image} data-kind="real">
        <Picture name="Nearest training image" images={image} index={0} />
        <figcaption>nearest real</figcaption>
      </figure>
      <div className={styles.words}>
        <p>
          Distance <b>{formatMeasurement(distance, 2)}</b>
          {unseen !== null && `; typical of unseen real images: ${formatMeasurement(unseen.typical, 2)}`}
        </p>
        {unseen !== null && (
          <>
            <svg className={styles.scale} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect x="0" y="2" width="100" height="4" className={styles.rail} />
              <rect x="0" y="2" width={100 * placeOnScale(unseen.near, unseen)} height="4" className={styles.copies} />
              <rect
                x={100 * placeOnScale(unseen.typical, unseen)}
                y="0"
                width="1"
                height="8"
                className={styles.typical}
              />
              <rect x={99 * placeOnScale(distance, unseen)} y="0" width="1.5" height="8" className={styles.here} />
            </svg>
            <p>{RESEMBLANCES[resemblanceOf(distance, unseen)]}</p>
          </>
        )}
      </div>
    </>
  );
}
