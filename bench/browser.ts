/** The subjects in the browser: builds and serves the benchmark's page, and opens workers in it. */
import { chromium } from "playwright";
import { build, preview } from "vite";
import { CHROMIUM_FLAGS, obtainBrowser } from "../tools/browser.ts";
import { part } from "../tools/parts.mjs";
import { fromRoot } from "../tools/root.ts";
import type {} from "./page.ts";
import type { OpenSubject, RunningSubject } from "./subjects.ts";
import type { SubjectName } from "./workers/contract.ts";

const CONFIG = fromRoot("bench/vite.config.ts");

export interface BenchBrowser {
  /** The browser's name and version. */
  readonly version: string;
  readonly open: OpenSubject;
  close(this: void): Promise<void>;
}

/** A browser without a window, on the benchmark's page, with a flag of V8 if one is named. */
export async function openBrowser(v8: string | null = null): Promise<BenchBrowser> {
  await part("Benchmark's page", () => build({ configFile: CONFIG, logLevel: "error" }));
  const executablePath = obtainBrowser();
  const server = await preview({ configFile: CONFIG, logLevel: "warn" });
  const args = [...CHROMIUM_FLAGS, ...(v8 === null ? [] : [`--js-flags=--${v8}`])];
  const browser = await chromium.launch({ executablePath, args }).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? "");
  await page.waitForFunction(() => window.bench !== undefined);

  async function openWorker(subject: Exclude<SubjectName, "pytorch">): Promise<RunningSubject> {
    const worker = (await page.evaluate((name) => window.bench?.open(name), subject)) ?? NaN;
    return {
      ask: async (request) => {
        const answer = await page.evaluate(([id, asked]) => window.bench?.ask(id, asked), [worker, request] as const);
        return answer ?? { type: "failed", message: "The benchmark's page is gone." };
      },
      close: () => page.evaluate((id) => window.bench?.close(id), worker),
    };
  }

  return {
    version: `Chromium ${browser.version()}${v8 === null ? "" : ` with V8's --${v8}`}`,
    open: ({ subject }) => {
      if (subject === "pytorch") throw new Error("PyTorch does not run in a browser.");
      return openWorker(subject);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
