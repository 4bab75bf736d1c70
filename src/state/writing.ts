/**
 * A number that a person types, written by a generator that is told digits. It asks the run, the latest wish first; it must
 * not know components or tensors.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import { DATA_SETS } from "../data/catalogue.ts";
import type { ImageBatch } from "../worker/protocol.ts";
import { unlessRefused } from "./inquiries.ts";
import type { Session } from "./session.ts";
import type { SessionState } from "./sessionState.ts";
import { createWishes } from "./wishes.ts";

export const MOST_DIGITS = 12;

export interface WriterState {
  readonly text: string;
  /** The number as one wide image, by the weights of the last look; null before there is one. */
  readonly image: ImageBatch | null;
  /** What is wrong with the text, or why it was refused; empty where nothing is. */
  readonly problem: string;
}

export type ReadNumber =
  { readonly ok: true; readonly classes: readonly number[] } | { readonly ok: false; readonly problem: string };

/** The classes of the digits of a text; spaces around it do not count. */
export function readNumber(text: string): ReadNumber {
  const digits = Array.from(text.trim());
  const strange = digits.find((character) => !/^[0-9]$/.test(character));
  if (strange !== undefined) return { ok: false, problem: `“${strange}” is not a digit. Type digits from 0 to 9.` };
  if (digits.length === 0) return { ok: false, problem: "Type a number, such as 2026." };
  if (digits.length > MOST_DIGITS) return { ok: false, problem: `At most ${String(MOST_DIGITS)} digits fit.` };
  return { ok: true, classes: digits.map(Number) };
}

/** Whether the run's generator makes digits that it can be asked for. */
export function writesNumbers({ running }: Pick<SessionState, "running">): boolean {
  return running.conditioning !== null && DATA_SETS[running.dataSet].classes.join("") === "0123456789";
}

/** Images of a batch side by side, as one image. */
export function inOneLine({ count, shape: [height, width, channels], pixels }: ImageBatch): ImageBatch {
  const line = new Uint8Array(pixels.length);
  const row = width * channels;
  for (let image = 0; image < count; image++) {
    for (let y = 0; y < height; y++) {
      const from = (image * height + y) * row;
      line.set(pixels.subarray(from, from + row), (y * count + image) * row);
    }
  }
  return { count: 1, shape: [height, count * width, channels], pixels: line };
}

export class Writer {
  readonly store: StoreApi<WriterState> = createStore<WriterState>(() => ({ text: "2026", image: null, problem: "" }));
  readonly #session: Session;
  readonly #wishes = createWishes<"number">();
  readonly #unsubscribe: () => void;
  /** Which latents write: every hand has some of its own. */
  #hand = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = session.watchRun(() => {
      this.#wishes.cancel();
      this.store.setState({ image: null });
    });
  }

  /** Writes another number; one that makes no sense leaves the last one standing. */
  write(text: string): void {
    const read = readNumber(text);
    this.store.setState({ text, problem: read.ok ? "" : read.problem });
    if (read.ok) this.refresh();
  }

  /** Writes the same number in another hand. */
  changeHand(): void {
    this.#hand += 1;
    this.refresh();
  }

  /** Writes anew, because the weights have moved. */
  refresh(): void {
    this.#wishes.make("number", () =>
      unlessRefused(
        () => this.#written(),
        (problem) => {
          this.store.setState({ problem });
        },
      ),
    );
  }

  dispose(): void {
    this.#wishes.cancel();
    this.#unsubscribe();
  }

  async #written(): Promise<void> {
    const read = readNumber(this.store.getState().text);
    if (!read.ok || !writesNumbers(this.#session.store.getState())) return;
    const { classes } = read;
    const first = this.#hand * MOST_DIGITS;
    const images = await this.#session.ask("render", { kind: "fresh", first, count: classes.length, classes });
    this.store.setState({ image: inOneLine(images) });
  }
}
