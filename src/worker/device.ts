/**
 * The backend that runs are made on: started when another is asked for, and watched for the loss of its device. It must not know
 * runs, or what lies on the device.
 */
import type { BackendChoice, BackendReport } from "../engine/backends.ts";

/** Starts a backend for all tensors to come, and calls back when its device goes away later. */
export type StartBackend = (this: void, choice: BackendChoice, onLost: (why: string) => void) => Promise<BackendReport>;

export class Device {
  readonly #start: StartBackend;
  readonly #onLost: (why: string) => void;
  #standing: { readonly choice: BackendChoice; readonly report: BackendReport } | null = null;
  /** Which start was the last, so that the loss of an older one's device is known as such. */
  #starting: symbol | null = null;
  #isLost = false;

  /** `onLost` is called when the device of the backend that was started last goes away. */
  constructor(start: StartBackend, onLost: (why: string) => void) {
    this.#start = start;
    this.#onLost = onLost;
  }

  /** Whether the device of the backend that was started last is gone. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Whether the backend runs on a device that it could lose, and of whose loss nothing is known. */
  get mayBeLost(): boolean {
    return !this.#isLost && this.#standing !== null && worksAlone(this.#standing.report);
  }

  /** The backend of that choice: the one that stands, or else a new one, before which `leave` frees what lies on the old. */
  async use(choice: BackendChoice, leave: () => void): Promise<BackendReport> {
    if (this.#standing?.choice === choice) return this.#standing.report;
    this.#standing = null;
    this.#isLost = false;
    leave();
    const started = Symbol(choice);
    this.#starting = started;
    const report = await this.#start(choice, (why) => {
      if (this.#starting === started) this.#lose(why);
    });
    this.#standing = { choice, report };
    return report;
  }

  #lose(why: string): void {
    this.#standing = null;
    this.#isLost = true;
    this.#onLost(why);
  }
}

/** Whether a backend runs on a device that works by itself, and may be lost. */
export function worksAlone({ name }: BackendReport): boolean {
  return name === "webgpu" || name === "webgl";
}
