/** The tests beside the sources: in Node, and in a real browser where the engine needs one. */
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { CHROMIUM_FLAGS, findBrowser } from "./tools/browser.ts";
import { ISOLATION_HEADERS } from "./tools/securityHeaders.ts";

const browser = findBrowser();

/** What the sources of the browser tests import. */
const DEPENDENCIES = [
  "@tensorflow/tfjs-backend-cpu",
  "@tensorflow/tfjs-backend-webgl",
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-core/dist/register_all_gradients",
  "fast-check",
  "valibot",
] as const;

export default defineConfig({
  cacheDir: ".cache/vite",
  test: {
    globalSetup: "./tools/testSetup.ts",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "tools/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: ["**/*.browser.test.{ts,tsx}"],
          // Most files take longer to load than to run: they share what they load. A test sets the backend it needs.
          pool: "threads",
          isolate: false,
          maxWorkers: "100%",
          // Generous, so that a busy machine fails no test.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Shared memory exists only in isolated pages.
        server: { headers: ISOLATION_HEADERS },
        // Bundled before the first test: what is found later makes Vite reload the page amid the tests.
        optimizeDeps: { include: [...DEPENDENCIES] },
        test: {
          name: "browser",
          include: ["src/**/*.browser.test.{ts,tsx}"],
          // The software adapter compiles shaders slowly.
          testTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: [...CHROMIUM_FLAGS], ...(browser === null ? {} : { executablePath: browser }) },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
