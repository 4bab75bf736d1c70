/** The lab: a run of points in the plane, with what its players see there. It stands where images have their sample grid. */
import { useLab, useSession } from "../context.ts";
import styles from "./Lab.module.css";
import { LabCanvas } from "./LabCanvas.tsx";
import { ViewToggles } from "./ViewToggles.tsx";

export function Lab() {
  const isUntrained = useSession(({ phase }) => phase === "ready" || phase === "preparing");
  const refusal = useLab((state) => state.refusal);
  return (
    <section aria-label="Lab" className={styles.lab}>
      <div className={styles.head}>
        <h2 className={styles.title}>The plane</h2>
        <p className={styles.hint}>
          {isUntrained
            ? "Untrained: what the generator makes of noise before its first step."
            : "Every point, and what the discriminator thinks of it."}
        </p>
      </div>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      <div className={styles.body}>
        <div className={styles.room}>
          <LabCanvas />
        </div>
        <div className={styles.side}>
          <ViewToggles />
        </div>
      </div>
    </section>
  );
}
