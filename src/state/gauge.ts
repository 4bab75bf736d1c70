/** Measures the samples when a person asks, and says how that goes. What was measured comes by the stream. It must not know components. */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import { refusalOf } from "./inquiries.ts";
import type { Session } from "./session.ts";

export interface GaugeState {
  /** Whether an answer is waited for. */
  readonly measuring: boolean;
  /** Why nothing could be measured; empty where nothing was refused. */
  readonly refusal: string;
}

const STILL: GaugeState = { measuring: false, refusal: "" };

export class Gauge {
  readonly store: StoreApi<GaugeState> = createStore<GaugeState>(() => STILL);
  readonly #session: Session;
  readonly #unsubscribe: () => void;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = session.watchRun(() => {
      this.store.setState(STILL);
    });
  }

  /** Measures all that can be, by the weights that stand. Nothing, while that is under way. */
  async measure(): Promise<void> {
    if (this.store.getState().measuring) return;
    const { run } = this.#session.store.getState();
    this.store.setState({ measuring: true, refusal: "" });
    let refusal = "";
    try {
      await this.#session.ask("measure", { extent: "all" });
    } catch (error) {
      refusal = refusalOf(error);
    }
    if (run === this.#session.store.getState().run) this.store.setState({ measuring: false, refusal });
  }

  dispose(): void {
    this.#unsubscribe();
  }
}
