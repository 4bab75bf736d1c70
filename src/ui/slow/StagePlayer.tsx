/** Goes through the stages of a step: next, back, play, jump, by pointer and by keys. It must not know what a stage shows. */
import { ChevronLeft, ChevronRight, Pause, Play, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { formatCount } from "../../shared/counts.ts";
import { SECONDS_A_STAGE, type SlowMotion } from "../../state/slowMotion.ts";
import { stagesOf } from "../../state/slowStages.ts";
import type { SlowStep } from "../../worker/questions/slowStep.question.ts";
import { needsKey } from "../commands.ts";
import { useDuel, useSlowMotion } from "../context.ts";
import { Button, IconButton } from "../controls/Button.tsx";
import { Select } from "../controls/Select.tsx";
import styles from "./StagePlayer.module.css";
import { StageView } from "./StageView.tsx";

const PACES = SECONDS_A_STAGE.map((seconds) => ({
  value: String(seconds),
  label: `${String(seconds)} s a stage`,
  help: "",
}));

export function StagePlayer({ step }: { readonly step: SlowStep }) {
  const { slowMotion } = useDuel();
  const stage = useSlowMotion((state) => state.stage);
  const player = useRef<HTMLElement>(null);
  const stages = stagesOf(step);
  const shown = stages[stage];
  useKeys(slowMotion);
  useEffect(() => {
    player.current?.focus();
  }, []);
  if (shown === undefined) return null;
  return (
    <section ref={player} tabIndex={-1} aria-label="Slow motion" className={styles.player}>
      <div className={styles.head}>
        <h2 className={styles.title} data-player={shown.player}>
          {shown.label}
        </h2>
        <span className={styles.place}>
          step {formatCount(step.step)}, stage {stage + 1} of {stages.length}
        </span>
        <Controls last={stages.length - 1} />
      </div>
      <ol className={styles.stages} aria-label="Stages">
        {stages.map(({ label, player: whose }, index) => (
          <li key={label}>
            <button
              type="button"
              data-player={whose}
              title={label}
              aria-label={`${String(index + 1)}: ${label}`}
              aria-current={index === stage ? "step" : undefined}
              onClick={() => {
                slowMotion.goTo(index);
              }}
            >
              {index + 1}
            </button>
          </li>
        ))}
      </ol>
      <p role="status" aria-label="Stage" className={styles.caption}>
        <span className="visuallyHidden">
          Stage {stage + 1} of {stages.length}, {shown.label}:{" "}
        </span>
        {shown.caption(step)}
      </p>
      <StageView stage={shown} step={step} />
    </section>
  );
}

function Controls({ last }: { readonly last: number }) {
  const { slowMotion } = useDuel();
  const stage = useSlowMotion((state) => state.stage);
  const playing = useSlowMotion((state) => state.playing);
  const pace = useSlowMotion((state) => state.secondsAStage);
  return (
    <div className={styles.controls}>
      <IconButton
        name="Back one stage"
        disabled={stage === 0}
        onClick={() => {
          slowMotion.back();
        }}
      >
        <ChevronLeft size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        name={playing ? "Stop the stages" : "Play the stages"}
        onClick={() => {
          if (playing) slowMotion.pause();
          else slowMotion.play();
        }}
      >
        {playing ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
      </IconButton>
      <IconButton
        name="Next stage"
        disabled={stage === last}
        onClick={() => {
          slowMotion.next();
        }}
      >
        <ChevronRight size={16} aria-hidden="true" />
      </IconButton>
      <Select
        name="Speed"
        value={String(pace)}
        options={PACES}
        onChange={(value) => {
          slowMotion.setPace(Number(value));
        }}
      />
      <Button
        onClick={() => {
          slowMotion.leave();
        }}
      >
        <X size={14} aria-hidden="true" />
        Leave
      </Button>
    </div>
  );
}

/** Arrows go through the stages and Escape leaves, wherever the focus is, unless something there needs the key. */
function useKeys(slowMotion: SlowMotion): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act = KEYS[event.key];
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (needsKey(event.target, event.key)) return;
      // Before the page's own shortcuts, in which an arrow steps the run.
      event.preventDefault();
      act(slowMotion);
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => {
      window.removeEventListener("keydown", press, { capture: true });
    };
  }, [slowMotion]);
}

const KEYS: Readonly<Record<string, (slowMotion: SlowMotion) => void>> = {
  ArrowRight: (slowMotion) => {
    slowMotion.next();
  },
  ArrowLeft: (slowMotion) => {
    slowMotion.back();
  },
  Escape: (slowMotion) => {
    slowMotion.leave();
  },
};
