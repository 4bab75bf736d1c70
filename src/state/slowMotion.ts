/** Where a person is in a step that is told slowly. It asks the session for the step; it must not know components. */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { SlowStep } from "../worker/questions/slowStep.question.ts";
import { refusalOf } from "./inquiries.ts";
import type { Session } from "./session.ts";
import { stagesOf } from "./slowStages.ts";

export interface SlowMotionState {
  /** The step that is told; null while none is. */
  readonly step: SlowStep | null;
  /** Counts from 0 through the stages that this step has. */
  readonly stage: number;
  readonly playing: boolean;
  readonly secondsAStage: number;
  /** Whether the step is being made. */
  readonly underWay: boolean;
  /** Why no step could be made; empty where nothing was refused. */
  readonly refusal: string;
}

const CLOSED = { step: null, stage: 0, playing: false, underWay: false, refusal: "" } as const;

/** What a person can choose. */
export const SECONDS_A_STAGE = [2, 5, 10] as const;

export class SlowMotion {
  readonly store: StoreApi<SlowMotionState> = createStore<SlowMotionState>(() => ({ ...CLOSED, secondsAStage: 5 }));
  readonly #session: Session;
  readonly #unsubscribe: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = session.store.subscribe(({ run }, before) => {
      if (run !== before.run) this.leave();
    });
  }

  /** Makes one step of the run, and begins to tell it. */
  async begin(): Promise<void> {
    if (this.store.getState().underWay) return;
    this.#set({ ...CLOSED, underWay: true });
    try {
      const step = await this.#session.stepSlowly();
      this.#set({ step, underWay: false });
    } catch (error) {
      this.#set({ underWay: false, refusal: refusalOf(error) });
    }
  }

  /** Goes to a stage, or as far as there are stages. Plays on from there if it plays. */
  goTo(stage: number): void {
    const last = this.#count() - 1;
    this.#set({ stage: Math.max(0, Math.min(last, stage)) });
  }

  next(): void {
    this.goTo(this.store.getState().stage + 1);
  }

  back(): void {
    this.goTo(this.store.getState().stage - 1);
  }

  /** Goes through the stages by itself, from the beginning if it is at the end. */
  play(): void {
    const { stage } = this.store.getState();
    this.#set({ playing: true, ...(stage === this.#count() - 1 ? { stage: 0 } : {}) });
  }

  pause(): void {
    this.#set({ playing: false });
  }

  setPace(secondsAStage: number): void {
    this.#set({ secondsAStage });
  }

  /** Back to the duel as it is. */
  leave(): void {
    this.#set(CLOSED);
  }

  dispose(): void {
    this.leave();
    this.#unsubscribe();
  }

  #count(): number {
    const { step } = this.store.getState();
    return step === null ? 0 : stagesOf(step).length;
  }

  #set(change: Partial<SlowMotionState>): void {
    this.store.setState(change);
    clearTimeout(this.#timer);
    const { playing, stage, secondsAStage } = this.store.getState();
    if (!playing) return;
    this.#timer = setTimeout(() => {
      if (stage < this.#count() - 1) this.next();
      else this.pause();
    }, secondsAStage * 1000);
  }
}
