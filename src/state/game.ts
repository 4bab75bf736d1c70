/**
 * Can you tell? Twenty images, real or just made, and a person who says which is which, beside the discriminator. It asks the
 * run for the images; it must not know keys, components or tensors.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { JudgedImages } from "../worker/questions/judge.question.ts";
import {
  accuracyOf,
  confusionOf,
  dealRound,
  ROUND_LENGTH,
  type GameResult,
  type Kind,
  type Round,
} from "./guessing.ts";
import { refusalOf } from "./inquiries.ts";
import { dividingScore, SCORE_SCALES } from "./scores.ts";
import type { Session } from "./session.ts";

export interface GameState {
  readonly phase: "idle" | "dealing" | "playing" | "over";
  readonly round: Round | null;
  /** What the person took the images for so far, in their order. */
  readonly guesses: readonly Kind[];
  /** Of all games of this run, the last one last. */
  readonly results: readonly GameResult[];
  /** Why no images were dealt; empty where they were. */
  readonly refusal: string;
}

/** Images of either kind that are judged for a round: enough to know where the discriminator divides them. */
export const DEALT_FROM = 128;
/** Fakes of games are far from those that are shown elsewhere. */
const FIRST_FAKE = 1_000_000;

const IDLE = { phase: "idle", round: null, guesses: [], refusal: "" } as const;

export class Game {
  readonly store: StoreApi<GameState> = createStore<GameState>(() => ({ ...IDLE, results: [] }));
  readonly #session: Session;
  readonly #unsubscribe: () => void;
  /** Games dealt so far, in all runs: every one has images of its own. */
  #games = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = session.watchRun(() => {
      this.store.setState({ ...IDLE, results: [] });
    });
  }

  /** Deals a round by the weights that stand. */
  async begin(): Promise<void> {
    if (this.store.getState().phase === "dealing") return;
    this.store.setState({ ...IDLE, phase: "dealing" });
    try {
      const round = await this.#deal();
      this.store.setState(
        round === null
          ? { ...IDLE, refusal: "The real images have not come yet. Begin again in a moment." }
          : { round, phase: "playing" },
      );
    } catch (error) {
      const refusal = refusalOf(error);
      // A run that went away has put the game back already.
      if (refusal !== "") this.store.setState({ ...IDLE, refusal });
    }
  }

  /** Says what the image that is shown is taken for; after the last one the game is over. */
  guess(kind: Kind): void {
    const { phase, round, guesses: before, results } = this.store.getState();
    if (phase !== "playing" || round === null) return;
    const guesses = [...before, kind];
    if (guesses.length < ROUND_LENGTH) {
      this.store.setState({ guesses });
      return;
    }
    const { step, truths, discriminator } = round;
    const share = (said: readonly Kind[]): number => accuracyOf(confusionOf(truths, said));
    const result = { step, person: share(guesses), discriminator: share(discriminator) };
    this.store.setState({ guesses, phase: "over", results: [...results, result] });
  }

  /** Puts the game away; results of games that were played to their end stay. */
  leave(): void {
    if (this.store.getState().phase !== "dealing") this.store.setState(IDLE);
  }

  dispose(): void {
    this.#unsubscribe();
  }

  /** Null as long as there are no real images. */
  async #deal(): Promise<Round | null> {
    const { loss, seed } = this.#session.store.getState().running;
    const game = this.#games;
    this.#games += 1;
    const first = game * DEALT_FROM;
    const { step, groups } = await this.#session.ask("judge", {
      sources: [
        { kind: "fresh", first: FIRST_FAKE + first, count: DEALT_FROM },
        { kind: "real", first, count: DEALT_FROM },
      ],
    });
    const [fakes, reals] = groups;
    if (fakes === undefined || reals === undefined || reals.images.count < ROUND_LENGTH) return null;
    const scale = SCORE_SCALES[loss];
    const scored = ({ images, logits }: JudgedImages) => ({ images, scores: Array.from(logits, scale.scoreOf) });
    const deck = { step, fakes: scored(fakes), reals: scored(reals) };
    return dealRound({ ...deck, dividing: dividingScore(scale, deck.fakes.scores, deck.reals.scores) }, seed, game);
  }
}
