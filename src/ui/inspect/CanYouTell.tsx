/** The game: twenty images, real or just made, to be told apart by buttons or keys. It knows the game, not how images are dealt. */
import { useEffect, useRef, type RefObject } from "react";
import type { GameState } from "../../state/game.ts";
import { KINDS, ROUND_LENGTH, type Kind } from "../../state/guessing.ts";
import { needsKey } from "../commands.ts";
import { useDuel, useGame } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import styles from "../explore/Tool.module.css";
import { Picture } from "../explore/Picture.tsx";
import gameStyles from "./CanYouTell.module.css";
import { GameEnd } from "./GameEnd.tsx";
import { GameResults } from "./GameResults.tsx";

const FACES: Readonly<Record<Kind, { readonly label: string; readonly key: string }>> = {
  real: { label: "Real", key: "r" },
  fake: { label: "Fake", key: "f" },
};

export function CanYouTell() {
  const { game } = useDuel();
  const phase = useGame((state) => state.phase);
  const refusal = useGame((state) => state.refusal);
  const panel = useRef<HTMLElement>(null);
  useGameKeys(phase, panel);
  const begin = (): void => {
    // The button goes away, and focus would go with it.
    panel.current?.focus({ preventScroll: true });
    void game.begin();
  };
  return (
    <section ref={panel} aria-label="Can you tell?" tabIndex={-1} className={styles.tool}>
      <h3 className={styles.title}>Can you tell?</h3>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      {phase === "idle" && (
        <>
          <p className={styles.hint}>
            Twenty images, some real, some just made. Say which is which: the discriminator judges the same ones.
          </p>
          <Button look="primary" onClick={begin}>
            Begin
          </Button>
        </>
      )}
      {phase === "dealing" && <p role="status">Dealing …</p>}
      {phase === "playing" && (
        <Question
          beforeLast={() => {
            panel.current?.focus({ preventScroll: true });
          }}
        />
      )}
      {phase === "over" && <GameEnd onAgain={begin} />}
      {phase !== "playing" && <GameResults />}
    </section>
  );
}

/** `beforeLast` is called when a button is pressed for the last time, before it goes away. */
function Question({ beforeLast }: { readonly beforeLast: () => void }) {
  const { game } = useDuel();
  const round = useGame((state) => state.round);
  const asked = useGame((state) => state.guesses.length);
  if (round === null) return null;
  const number = String(asked + 1);
  return (
    <>
      <Picture
        name={`Image ${number}: real or fake?`}
        images={round.images}
        index={asked}
        className={gameStyles.picture}
      />
      <p role="status" className={styles.caption}>
        image {number} of {ROUND_LENGTH}
      </p>
      <div className={gameStyles.guesses}>
        {KINDS.map((kind) => (
          <Button
            key={kind}
            aria-keyshortcuts={FACES[kind].key.toUpperCase()}
            className={gameStyles.guess}
            data-kind={kind}
            onClick={() => {
              if (asked === ROUND_LENGTH - 1) beforeLast();
              game.guess(kind);
            }}
          >
            {FACES[kind].label} <kbd aria-hidden="true">{FACES[kind].key.toUpperCase()}</kbd>
          </Button>
        ))}
      </div>
      <Button
        look="quiet"
        onClick={() => {
          beforeLast();
          game.leave();
        }}
      >
        Leave the game
      </Button>
    </>
  );
}

/**
 * While a game is played its keys work wherever focus is, before the page's own: R would begin the run again. When it is over,
 * a key too many that is pressed in the panel still does nothing.
 */
function useGameKeys(phase: GameState["phase"], panel: RefObject<HTMLElement | null>): void {
  const { game } = useDuel();
  useEffect(() => {
    if (phase !== "playing" && phase !== "over") return undefined;
    const press = (event: KeyboardEvent): void => {
      const kind = KINDS.find((one) => FACES[one].key === event.key.toLowerCase());
      if (kind === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (needsKey(event.target, event.key)) return;
      if (phase === "over" && !(event.target instanceof Node && panel.current?.contains(event.target) === true)) return;
      event.preventDefault();
      if (event.repeat) return;
      // Else focus would be lost with the buttons, and the next R be the page's.
      if (game.store.getState().guesses.length === ROUND_LENGTH - 1) panel.current?.focus({ preventScroll: true });
      game.guess(kind);
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => {
      window.removeEventListener("keydown", press, { capture: true });
    };
  }, [game, panel, phase]);
}
