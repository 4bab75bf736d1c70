/** What is the matter with the run: each diagnosis with its evidence, its reason, and remedies to click. It must not know any rule. */
import { useId } from "react";
import { settingAt } from "../../gan/settings.ts";
import type { Diagnosis as DiagnosisOfRun } from "../../state/doctor/doctor.ts";
import { offersOf } from "../../state/doctor/offers.ts";
import { useDoctor, useDuel, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { describeValue } from "../numbers.ts";
import styles from "./Diagnosis.module.css";

export function Diagnosis() {
  const diagnoses = useDoctor((state) => state.diagnoses);
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.panel}>
      <h2 id={id} className={styles.heading}>
        Diagnosis
      </h2>
      {/* Titles alone are told as they change: evidence changes every second. */}
      <p role="status" aria-label="Diagnosis" className={styles.summary}>
        {diagnoses.length === 0 ? "Too early to say." : diagnoses.map(({ rule }) => rule.title).join(" · ")}
      </p>
      {diagnoses.length > 0 && (
        <ul className={styles.list}>
          {diagnoses.map((diagnosis) => (
            <Item key={diagnosis.rule.title} diagnosis={diagnosis} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Item({ diagnosis: { rule, finding } }: { readonly diagnosis: DiagnosisOfRun }) {
  const { doctor } = useDuel();
  const offers = offersOf(
    rule,
    useSession((state) => state.wanted),
  );
  const stopped = useSession((state) => state.phase === "stopped");
  return (
    <li className={styles.item} data-ill={rule.remedies.length > 0}>
      <p className={styles.evidence}>{finding.evidence}</p>
      <details className={styles.reason}>
        <summary>{rule.remedies.length === 0 ? "What that means" : `Why: ${rule.title}`}</summary>
        <p>{rule.reason}</p>
      </details>
      {!stopped && offers.length > 0 && (
        <div role="group" aria-label={`Remedies for: ${rule.title}`} className={styles.remedies}>
          {offers.map((offer) => (
            <Button
              key={offer.path}
              className={styles.remedy}
              onClick={() => {
                doctor.take(offer);
              }}
            >
              {settingAt(offer.path)?.label}: {describeValue(offer.path, offer.before)} →{" "}
              {describeValue(offer.path, offer.after)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
