/** Whether to train what was built, why not where that is impossible, and the ways back. It knows the builder and the run. */
import { Play, Redo2, Undo2 } from "lucide-react";
import { DATA_SETS } from "../../data/catalogue.ts";
import { writeLink } from "../../state/link.ts";
import { useBuilder, useDuel, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import styles from "./BuildPlace.module.css";
import { formatTimes } from "./shapeChoices.ts";

interface DecisionProps {
  /** Whether both networks fit the shape that is shown. */
  readonly isSound: boolean;
  /** Whether that shape is only tried, and there is no data of it. */
  readonly isTried: boolean;
  readonly announce: (text: string) => void;
}

export function Decision({ isSound, isTried, announce }: DecisionProps) {
  const { builder, session } = useDuel();
  const canUndo = useBuilder((state) => state.past.length > 0);
  const canRedo = useBuilder((state) => state.future.length > 0);
  const isRunning = useIsRunning();
  return (
    <div className={styles.tools}>
      <div className={styles.group}>
        <Button
          look="primary"
          disabled={!isSound || isTried}
          onClick={() => {
            builder.train();
            const { presetId, wanted } = session.store.getState();
            window.location.hash = writeLink({ presetId, config: wanted, place: "train" });
          }}
        >
          <Play size={14} aria-hidden="true" /> Train this
        </Button>
        <Button
          title="Ctrl+Z"
          disabled={!canUndo}
          onClick={() => {
            builder.undo();
            announce("Taken back.");
          }}
        >
          <Undo2 size={14} aria-hidden="true" /> Undo
        </Button>
        <Button
          title="Ctrl+Shift+Z"
          disabled={!canRedo}
          onClick={() => {
            builder.redo();
            announce("Done again.");
          }}
        >
          <Redo2 size={14} aria-hidden="true" /> Redo
        </Button>
        <Button
          disabled={isRunning}
          onClick={() => {
            builder.takeRunning();
            announce("These are the networks of the run.");
          }}
        >
          Back to the running networks
        </Button>
      </div>
      <p className={styles.verdict}>
        <Verdict isSound={isSound} isTried={isTried} isRunning={isRunning} />
      </p>
    </div>
  );
}

function Verdict(props: Pick<DecisionProps, "isSound" | "isTried"> & { readonly isRunning: boolean }) {
  const { label, shape } = useSession((state) => DATA_SETS[state.wanted.dataSet]);
  if (!props.isSound) return "Something does not fit yet: it is marked below, with ways to mend it.";
  if (props.isTried) return `They fit the shape that you try. Training on ${label} takes ${formatTimes(shape)}.`;
  return props.isRunning ? "These are the networks of the run." : "They fit. Training them begins a new run.";
}

/** Whether what is built is what runs, on the same data. */
function useIsRunning(): boolean {
  const design = useBuilder((state) => state.design);
  const running = useSession((state) => state.running);
  const dataSet = useSession((state) => state.wanted.dataSet);
  return (
    dataSet === running.dataSet &&
    (["latentDim", "generator", "discriminator"] as const).every(
      (field) => JSON.stringify(design[field]) === JSON.stringify(running[field]),
    )
  );
}
