/** What went wrong, what is safe, and a button for what to do next. */
import { Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { useDuel, useSession } from "../context.ts";
import { Button, IconButton } from "../controls/Button.tsx";
import styles from "./Notices.module.css";
import { FAILURES, NEW_WORKER, remediesFrom, type Remedy } from "./remedies.ts";

export function Notices() {
  return (
    <>
      <LinkNotice />
      <SilenceNotice />
      <FailureNotice />
      <EagerNotice />
    </>
  );
}

function FailureNotice() {
  const { session } = useDuel();
  const failure = useSession((state) => state.failure);
  if (failure === null) return null;
  const { title, remedies } = FAILURES[failure.code];
  const { savedStep } = failure;
  return (
    <Notice
      title={title}
      remedies={savedStep === undefined ? remedies : remediesFrom(savedStep)}
      onDismiss={() => {
        session.dismissFailure();
      }}
    >
      <p>{failure.message}</p>
      <p>
        {failure.safe} {failure.next}
      </p>
    </Notice>
  );
}

function LinkNotice() {
  const { session } = useDuel();
  const problems = useSession((state) => state.linkProblems);
  if (problems.length === 0) return null;
  return (
    <Notice
      title="This link could not be read in full"
      remedies={[]}
      onDismiss={() => {
        session.reportLink([]);
      }}
    >
      <ul>
        {problems.slice(0, MOST_PROBLEMS).map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      {problems.length > MOST_PROBLEMS && <p>… and {problems.length - MOST_PROBLEMS} more.</p>}
      <p>
        Nothing of it was used: the settings on this page stand instead. Ask for the link again, or go on from here.
      </p>
    </Notice>
  );
}

const MOST_PROBLEMS = 4;

function SilenceNotice() {
  const seconds = useSession((state) => state.silentSeconds);
  if (seconds === 0) return null;
  return (
    <Notice title="The training worker is silent" remedies={[NEW_WORKER]}>
      <p>
        It has not answered for {seconds} seconds. On a slow backend it may be busy with one long step; what is on
        screen stays. Wait, or start a new worker, which begins again at step 0.
      </p>
    </Notice>
  );
}

/** Nothing is wrong: the run is slower than it could be, and whoever builds networks may want to know why. */
function EagerNotice() {
  const { session } = useDuel();
  const notRecorded = useSession((state) => state.notRecorded);
  if (notRecorded === null) return null;
  const { phase, operation, reason } = notRecorded;
  return (
    <Notice
      title="Each step is worked out anew"
      calm
      remedies={[]}
      onDismiss={() => {
        session.dismissNotRecorded();
      }}
    >
      <p>
        Most networks have their steps recorded once and replayed, which is faster. The {phase}’s could not be: the
        results are the same, it only takes longer.
      </p>
      <p>
        What stands in the way is <b>{operation}</b>: {reason}.
      </p>
    </Notice>
  );
}

interface NoticeProps {
  readonly title: string;
  /** Whether it is for information only: nothing went wrong. */
  readonly calm?: boolean;
  readonly remedies: readonly Remedy[];
  readonly onDismiss?: () => void;
  readonly children: ReactNode;
}

/** Read out when there is time, unlike an alert. */
const CALM = { role: "status", "aria-label": "Note" } as const;

function Notice({ title, calm = false, remedies, onDismiss, children }: NoticeProps) {
  const { session } = useDuel();
  const Sign = calm ? Info : TriangleAlert;
  return (
    <div className={styles.notice} data-tone={calm ? "calm" : "trouble"} {...(calm ? CALM : { role: "alert" })}>
      <Sign size={18} aria-hidden="true" className={styles.sign} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children}
        {remedies.length > 0 && (
          <div className={styles.remedies}>
            {remedies.map(({ label, perform }) => (
              <Button
                key={label}
                onClick={() => {
                  perform(session);
                }}
              >
                {label}
              </Button>
            ))}
          </div>
        )}
      </div>
      {onDismiss !== undefined && (
        <IconButton name="Dismiss" look="quiet" onClick={onDismiss}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}
