/** The built page without a screen, driven from here: commands in, events out, by the very protocol of the page. */
import { chromium } from "playwright";
import type { Browser, Page, Worker } from "playwright";
import type {} from "../../src/app/headless.ts";
import type { Command, WorkerEvent } from "../../src/worker/protocol.ts";
import { CHROMIUM_FLAGS, obtainBrowser } from "../browser.ts";
import { buildWhenStale } from "../bundle.ts";
import { serveBuild } from "../serve.ts";
import { ToolError } from "./usage.ts";

/** Where a free port is looked for. */
const FIRST_PORT = 24173;

export interface Session {
  send(this: void, command: Command): Promise<void>;
  /** The next event; waits for it. Throws a ToolError when the page is gone. */
  next(this: void): Promise<WorkerEvent>;
  /** Runs a function in the training worker; it must lean on nothing outside itself. */
  inWorker<Result>(this: void, work: () => Result): Promise<Result>;
  close(this: void): Promise<void>;
}

/** Builds Duel where it is stale, serves it to a browser without a window, and hands out its worker. */
export async function openSession(): Promise<Session> {
  await buildWhenStale();
  const executablePath = obtainBrowser();
  const server = await leavingSignalsAlone(() => serveBuild({ port: FIRST_PORT, strict: false }));
  let browser: Browser | null = null;
  try {
    browser = await launch(executablePath);
    const page = await browser.newPage();
    const events = readEvents(page);
    await page.goto(`${server.url}headless.html`);
    await page.waitForFunction(() => window.duel !== undefined);
    const opened = browser;
    return {
      send: (command) => page.evaluate((sent) => window.duel?.send(sent), command),
      next: events,
      inWorker: (work) => trainingWorkerOf(page).evaluate(work),
      close: async () => {
        await opened.close();
        await server.close();
      },
    };
  } catch (error) {
    await browser?.close();
    await server.close();
    throw error;
  }
}

function trainingWorkerOf(page: Page): Worker {
  const worker = page.workers().find((candidate) => candidate.url().includes("training.worker"));
  if (worker === undefined) throw new ToolError("The page has no training worker.");
  return worker;
}

/** Vite's server would end the process at SIGTERM, before anything is written: takes away the listeners that `work` adds. */
async function leavingSignalsAlone<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = new Set(process.listeners("SIGTERM"));
  const result = await work();
  for (const listener of process.listeners("SIGTERM")) {
    if (!before.has(listener)) process.off("SIGTERM", listener);
  }
  return result;
}

/** The tests want the same adapter everywhere; training wants the graphics card, and gets the software one where there is none. */
const TRAINING_FLAGS = CHROMIUM_FLAGS.filter((flag) => flag !== "--use-webgpu-adapter=swiftshader");

/** Ctrl-C is for the tool to handle: the browser must live on until the results are written. */
function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: TRAINING_FLAGS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** A function that gives the page's events one by one. */
function readEvents(page: Page): () => Promise<WorkerEvent> {
  const waiting: WorkerEvent[] = [];
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return async () => {
    for (;;) {
      const event = waiting.shift();
      if (event !== undefined) return event;
      try {
        waiting.push(...((await page.evaluate(() => window.duel?.takeEvents())) ?? []));
      } catch (error) {
        const reason = [error instanceof Error ? error.message : String(error), ...complaints].join("\n  ");
        throw new ToolError(`The browser is gone:\n  ${reason}`);
      }
    }
  };
}
