/** The end-to-end tests: the built page in a real browser. */
import { defineConfig } from "playwright/test";
import { CHROMIUM_FLAGS, findBrowser } from "../tools/browser.ts";
import { fromRoot } from "../tools/root.ts";

/** Far from the ports that people's servers take; another one lets two checkouts be tested at once. */
const PORT = Number(process.env.DUEL_TEST_PORT ?? 14173);
const URL = `http://127.0.0.1:${String(PORT)}/`;

const browser = findBrowser();

export default defineConfig({
  testDir: ".",
  outputDir: fromRoot("test-results"),
  // Training takes all cores there are; tests side by side would only wait for one another.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    baseURL: URL,
    // Recording everything on the chance of a failure costs every test much time; a picture of the end is cheap.
    screenshot: "only-on-failure",
    launchOptions: { args: [...CHROMIUM_FLAGS], ...(browser === null ? {} : { executablePath: browser }) },
  },
  webServer: {
    command: `node tools/start.mjs --port ${String(PORT)}`,
    cwd: fromRoot(),
    url: URL,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
  },
});
