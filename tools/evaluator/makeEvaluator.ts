/** The evaluator's worker, in a page of its own in a browser without a window. It must not know what becomes of the result. */
import { chromium } from "playwright";
import type { Page } from "playwright";
import { build, preview } from "vite";
import { CHROMIUM_FLAGS, obtainBrowser } from "../browser.ts";
import { ToolError } from "../cli/usage.ts";
import { part } from "../parts.mjs";
import { fromRoot } from "../root.ts";
import type {} from "./page.ts";
import type { EvaluatorEvent, EvaluatorRequest } from "./workers/contract.ts";

const CONFIG = fromRoot("tools/evaluator/vite.config.ts");

export type EvaluatorDone = Extract<EvaluatorEvent, { readonly type: "done" }>;

/** Makes what is asked for; `onEvent` hears of everything on the way. Throws a ToolError when the worker fails. */
export async function makeEvaluator(
  request: EvaluatorRequest,
  onEvent: (event: EvaluatorEvent) => void,
): Promise<EvaluatorDone> {
  await part("Evaluator's page", () => build({ configFile: CONFIG, logLevel: "error" }));
  const executablePath = obtainBrowser();
  const server = await preview({ configFile: CONFIG, logLevel: "warn" });
  try {
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    try {
      return await askIn(await browser.newPage(), server.resolvedUrls?.local[0] ?? "", request, onEvent);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

function askIn(
  page: Page,
  url: string,
  request: EvaluatorRequest,
  onEvent: (event: EvaluatorEvent) => void,
): Promise<EvaluatorDone> {
  return new Promise((resolve, reject) => {
    const ask = async () => {
      await page.exposeFunction("onEvaluatorEvent", (event: EvaluatorEvent) => {
        onEvent(event);
        if (event.type === "done") resolve(event);
        if (event.type === "failed") reject(new ToolError(event.message));
      });
      await page.goto(url);
      await page.evaluate((asked) => window.makeEvaluator?.(asked), request);
    };
    page.on("close", () => {
      reject(new ToolError("The browser is gone."));
    });
    ask().catch(reject);
  });
}
