/** `npm run soak`: trains for long without a screen, and looks whether what the run holds grows. `--help` says more. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageBatch, WorkerEvent } from "../../src/worker/protocol.ts";
import { standingGpuBuffers, watchGpuBuffers } from "./gpuBuffers.ts";
import { gridOf, pngOf } from "./imageGrid.ts";
import { createProgressLine, describeProgress } from "./progressLine.ts";
import { openSession, type Session } from "./session.ts";
import { parseSoakArguments, SOAK_HELP, type SoakArguments } from "./soakArguments.ts";
import { describeGrowth, describeLook, hasGrown, LOOKS_HEADER, type Look } from "./soakReport.ts";
import { EXIT, runTool, ToolError } from "./usage.ts";

const RUN = "soak";
const GRID = { columns: 8, rows: 8 } as const;

async function soak(): Promise<number> {
  const args = parseSoakArguments(process.argv.slice(2));
  if (args === "help") {
    console.log(SOAK_HELP);
    return EXIT.done;
  }
  const session = await openSession();
  try {
    const looks = await new Soaking(session, args).run();
    console.log(describeGrowth(looks));
    return hasGrown(looks) ? EXIT.failed : EXIT.done;
  } finally {
    await session.close();
  }
}

type EventOf<Type extends WorkerEvent["type"]> = Extract<WorkerEvent, { readonly type: Type }>;

/** One long training, looked at now and then. */
class Soaking {
  readonly #session: Session;
  readonly #args: SoakArguments;
  readonly #line = createProgressLine(process.stderr, () => performance.now());
  #samples: { readonly step: number; readonly images: ImageBatch } | null = null;

  constructor(session: Session, args: SoakArguments) {
    this.#session = session;
    this.#args = args;
  }

  async run(): Promise<readonly Look[]> {
    const { config, backend, preset, looks, out } = this.#args;
    await this.#session.inWorker(watchGpuBuffers);
    await this.#session.send({ type: "configure", run: RUN, config, backend });
    const { name, device } = (await this.#until("ready")).backend;
    console.log(`${preset} on ${name} (${device}), until step ${String(looks.at(-1))}\n${LOOKS_HEADER}`);
    const seen: Look[] = [];
    for (const step of looks) {
      const look = await this.#lookAt(step);
      this.#line.end();
      console.log(describeLook(look));
      seen.push(look);
    }
    if (out !== null) await this.#write(out);
    return seen;
  }

  /** Trains until a step, and sees what is held when everything that was begun is done. */
  async #lookAt(step: number): Promise<Look> {
    await this.#session.send({ type: "train", run: RUN, untilStep: step });
    let { why, memory } = await this.#until("paused");
    // The download may be slower than the training, which then goes on by itself.
    while (why === "waitingForData") ({ why, memory } = await this.#until("paused"));
    return { step, memory, gpuBuffers: await this.#session.inWorker(standingGpuBuffers) };
  }

  /** The next event of a type; frames are taken meanwhile as the page takes them. */
  async #until<Type extends WorkerEvent["type"]>(type: Type): Promise<EventOf<Type>> {
    for (;;) {
      const event = await this.#session.next();
      if (event.type === "samples") await this.#show(event);
      if (event.type === "progress") this.#line.show(describeProgress(event, this.#args.looks.at(-1) ?? 0));
      if (event.type === "failed") throw new ToolError(`${event.message}\n${event.safe} ${event.next}`);
      if (event.type === type) return event as EventOf<Type>;
    }
  }

  async #show({ step, images }: EventOf<"samples">): Promise<void> {
    this.#samples = { step, images };
    await this.#session.send({ type: "acknowledgeSamples", run: RUN });
  }

  async #write(out: string): Promise<void> {
    while (this.#samples?.step !== this.#args.looks.at(-1)) await this.#until("samples");
    await mkdir(out, { recursive: true });
    if (this.#samples !== null) await writeFile(join(out, "samples.png"), pngOf(gridOf(this.#samples.images, GRID)));
  }
}

await runTool("soak", soak);
