/** The duel's picture, and below it a step told slowly while a person goes through one. It knows no tensor. */
import { Footprints } from "lucide-react";
import { stagesOf } from "../../state/slowStages.ts";
import { useDuel, useSession, useSlowMotion } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Diagram } from "../duel/Diagram.tsx";
import styles from "./SlowDiagram.module.css";
import { StagePlayer } from "./StagePlayer.tsx";

export function SlowDiagram() {
  const { slowMotion } = useDuel();
  const step = useSlowMotion((state) => state.step);
  const stage = useSlowMotion((state) => state.stage);
  const underWay = useSlowMotion((state) => state.underWay);
  const refusal = useSlowMotion((state) => state.refusal);
  const stands = useSession(({ phase }) => phase === "ready" || phase === "paused");
  if (step !== null) {
    return (
      <div className={styles.told}>
        <Diagram lit={stagesOf(step)[stage]?.lit ?? []} />
        <StagePlayer step={step} />
      </div>
    );
  }
  return (
    <div className={styles.told}>
      <Diagram />
      <div className={styles.offer}>
        <Button disabled={!stands || underWay} onClick={() => void slowMotion.begin()}>
          <Footprints size={14} aria-hidden="true" />
          Slow motion
        </Button>
        <span className={styles.hint}>Takes one step, and tells it stage by stage with its real numbers.</span>
      </div>
      {refusal !== "" && <p role="alert">{refusal}</p>}
    </div>
  );
}
