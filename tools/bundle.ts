/** The production build, made only when something that enters it has changed. */
import { existsSync } from "node:fs";
import { build } from "vite";
import { part } from "./parts.mjs";
import { prepare } from "./prepare.ts";
import { fromRoot } from "./root.ts";
import { forgetStamp, hashFiles, readStamp, writeStamp } from "./stamp.ts";

const STAMP = "build";

/** Everything the build is made from. Of the data the manifest is enough: it holds the checksums. */
const INPUTS = [
  "index.html",
  "headless.html",
  "package-lock.json",
  "public/data/mnist/manifest.json",
  "public/evaluator",
  "src",
  "tools/securityHeaders.ts",
  "tsconfig.base.json",
  "vite.config.ts",
] as const;

/** Makes dist/ what the sources say. */
export async function buildWhenStale(): Promise<void> {
  await prepare();
  await part("Build", async () => {
    const hash = await hashFiles(INPUTS.map((input) => fromRoot(input)));
    if (existsSync(fromRoot("dist/index.html")) && (await readStamp(STAMP)) === hash) return "nothing to do";
    // A build that is broken off leaves no stamp, so that no half of one passes for whole.
    await forgetStamp(STAMP);
    await build({ root: fromRoot(), configFile: fromRoot("vite.config.ts"), logLevel: "warn" });
    await writeStamp(STAMP, hash);
    return "built";
  });
}
