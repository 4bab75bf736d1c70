/** The page as a person finds it: by role and accessible name. It knows no class, no id and no test. */
import type { Locator, Page, Worker } from "playwright/test";
import { expect } from "playwright/test";

/** Small enough that a step takes a blink on any backend. */
export const SMALL = {
  preset: "mnist-mlp",
  batch: "8",
  latent: "16",
  generator: JSON.stringify([
    { type: "dense", units: 32, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 784, useBias: true },
    { type: "tanh" },
    { type: "reshape", targetShape: [28, 28, 1] },
  ]),
  discriminator: JSON.stringify([
    { type: "flatten" },
    { type: "dense", units: 32, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 1, useBias: true },
  ]),
} as const;

export interface OpenOptions {
  /** What the hash says; the small config where it is left out. */
  readonly hash?: Readonly<Record<string, string>>;
  readonly backend?: string;
}

export interface Fingerprints {
  readonly generator: string;
  readonly discriminator: string;
}

export class DuelPage {
  readonly page: Page;
  readonly train: Locator;
  readonly pause: Locator;
  readonly step: Locator;
  readonly stepDiscriminator: Locator;
  readonly stepGenerator: Locator;
  readonly reset: Locator;
  readonly status: Locator;
  readonly settings: Locator;
  readonly duel: Locator;
  readonly measurements: Locator;
  readonly generatedSamples: Locator;
  readonly realSamples: Locator;
  readonly notice: Locator;
  readonly note: Locator;
  readonly restartNotice: Locator;

  constructor(page: Page) {
    this.page = page;
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    this.train = button("Train");
    this.pause = button("Pause");
    this.step = button("Step");
    this.stepDiscriminator = button("Step discriminator");
    this.stepGenerator = button("Step generator");
    this.reset = button("Reset");
    this.status = page.getByRole("status", { name: "Run", exact: true });
    this.settings = page.getByRole("region", { name: "Settings" });
    this.duel = page.getByRole("region", { name: "Duel" });
    this.measurements = page.getByRole("region", { name: "Measurements" });
    this.generatedSamples = page.getByRole("img", { name: "Generated samples" });
    this.realSamples = page.getByRole("img", { name: "Real samples" });
    this.notice = page.getByRole("alert");
    this.note = page.getByRole("status", { name: "Note", exact: true });
    this.restartNotice = page.getByRole("group", { name: "Restart to apply" });
  }

  /** Goes to the page, and does not wait for its run. */
  async visit({ hash = SMALL, backend }: OpenOptions = {}): Promise<void> {
    const query = backend === undefined ? "" : `?backend=${backend}`;
    await this.page.goto(`/${query}#${new URLSearchParams(hash).toString()}`);
  }

  /** Goes to the page and waits until its run stands ready at step 0. */
  async open(options: OpenOptions = {}): Promise<void> {
    await this.visit(options);
    await this.isReady();
  }

  async isReady(): Promise<void> {
    await expect(this.status).toContainText("Ready", { timeout: 60_000 });
  }

  combobox(name: string): Locator {
    return this.page.getByRole("combobox", { name, exact: true });
  }

  slider(name: string): Locator {
    return this.page.getByRole("slider", { name, exact: true });
  }

  figure(name: string): Locator {
    return this.page.getByRole("figure", { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async choose(name: string, option: string): Promise<void> {
    await this.combobox(name).click();
    await this.page.getByRole("option", { name: option, exact: true }).click();
  }

  output(name: "Step" | "Epoch" | "Steps per second"): Locator {
    return this.page.getByRole("status", { name, exact: true });
  }

  /** Steps done, as the counter says. */
  async stepCount(): Promise<number> {
    return Number((await this.output("Step").innerText()).replaceAll(",", ""));
  }

  async hasTrainedTo(step: number): Promise<void> {
    await expect.poll(() => this.stepCount(), { timeout: 60_000 }).toBeGreaterThanOrEqual(step);
  }

  async isPausedAt(step: number): Promise<void> {
    await expect(this.status).toHaveText(`Paused at step ${String(step)}`);
  }

  /** One whole step, and its end. */
  async takeStep(): Promise<void> {
    const next = (await this.stepCount()) + 1;
    await this.step.click();
    await this.isPausedAt(next);
  }

  /** Hashes of both networks' weights, as the page shows them while the run stands. */
  async fingerprints(): Promise<Fingerprints> {
    const read = async (name: string): Promise<string> => {
      const fingerprint = this.page.getByRole("group", { name, exact: true });
      await expect(fingerprint).toHaveText(/^[0-9a-f]+$/);
      return fingerprint.innerText();
    };
    return { generator: await read("Generator fingerprint"), discriminator: await read("Discriminator fingerprint") };
  }

  /** What an image canvas shows, to compare with itself. */
  pixels(image: Locator): Promise<string> {
    return image.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  }

  /** Whether a canvas shows anything at all. */
  async isDrawn(image: Locator): Promise<void> {
    await expect
      .poll(() =>
        image.evaluate((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const data = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data;
          return new Set(data?.filter((_, index) => index % 4 === 0)).size;
        }),
      )
      .toBeGreaterThan(10);
  }

  /** Ends the training worker by an error that nothing in it catches. */
  async crashWorker(): Promise<void> {
    await this.#worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("pulled the plug");
      });
    });
  }

  /** Takes the WebGPU device away at the next command, as a driver that resets would. The run must train. */
  async loseDevice(): Promise<void> {
    await this.#worker.evaluate(() => {
      const { GPUDevice } = globalThis as unknown as { GPUDevice: { prototype: Commanding } };
      interface Commanding {
        destroy(): void;
        createCommandEncoder: (this: Commanding, ...given: unknown[]) => unknown;
      }
      const { prototype } = GPUDevice;
      const { createCommandEncoder } = prototype;
      prototype.createCommandEncoder = function (...given) {
        prototype.createCommandEncoder = createCommandEncoder;
        this.destroy();
        return createCommandEncoder.apply(this, given);
      };
    });
  }

  get #worker(): Worker {
    const worker = this.page.workers().find((candidate) => candidate.url().includes("training.worker"));
    if (worker === undefined) throw new Error("The page has no training worker.");
    return worker;
  }
}
