/** The parts of `npm test` once the dependencies are there, in order. */
import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { obtainBrowser } from "../browser.ts";
import { buildWhenStale } from "../bundle.ts";
import { part } from "../parts.mjs";
import { prepare } from "../prepare.ts";
import { fromRoot } from "../root.ts";
import { add, closingLine, EMPTY_TALLY, settle, skipReasons, takeTally, type Tally } from "./tally.ts";

const PASSED: Tally = { passed: 1, failed: 0, skipped: [] };
const FAILED: Tally = { passed: 0, failed: 1, skipped: [] };

function skippedPart(name: string, reason: string): Tally {
  return { passed: 0, failed: 0, skipped: [{ name, reason }] };
}

/** Runs all parts, also when one fails, and closes with one line. True when nothing failed. */
export async function runChecks(): Promise<boolean> {
  const prepared = await check("Preparation", prepare);
  const browser = await check("Browser", () => {
    const executable = obtainBrowser();
    // The runners below look for themselves, and find the same one at once.
    process.env.DUEL_BROWSER = executable;
    return executable;
  });
  const tallies: Tally[] = [prepared, browser].filter(({ failed }) => failed > 0);
  tallies.push(await testPart("Unit tests", vitest("unit")));
  const hasBrowser = browser.failed === 0;
  // A software adapter compiles on one core while its page waits; what only reads the sources has the others.
  const reading = readSources();
  tallies.push(
    hasBrowser
      ? await testPart("The engine in a browser", vitest("browser"))
      : skippedPart("The engine in a browser", "there is no browser"),
    ...(await reading),
  );
  const build = await check("Production build", buildWhenStale);
  tallies.push(build);
  if (!hasBrowser) tallies.push(skippedPart("End to end", "there is no browser"));
  else if (build.failed > 0) tallies.push(skippedPart("End to end", "the build failed"));
  else tallies.push(await testPart("End to end", PLAYWRIGHT));

  const total = tallies.reduce(add, EMPTY_TALLY);
  console.log();
  for (const reason of skipReasons(total)) console.log(`Skipped: ${reason}`);
  console.log(closingLine(total));
  return total.failed === 0;
}

/** What is checked of the sources alone, side by side. Each works on one core and prints only at its end. */
function readSources(): Promise<readonly Tally[]> {
  const scripts = ["Format", "Lint", "Types"] as const;
  return Promise.all(scripts.map((name) => check(name, () => runScript(`check:${name.toLowerCase()}`))));
}

/** A part that is one check: it passes unless it throws. */
async function check(title: string, work: () => unknown): Promise<Tally> {
  try {
    await part(title, work);
    return PASSED;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return FAILED;
  }
}

function vitest(project: string): readonly string[] {
  const reporters = ["--reporter=default", "--reporter=./tools/checks/vitestReporter.ts"];
  return ["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters];
}

const PLAYWRIGHT = [
  "node_modules/playwright/cli.js",
  "test",
  "--config=e2e/playwright.config.ts",
  "--reporter=list,./tools/checks/playwrightReporter.ts",
] as const;

/** A part that is many tests; its runner leaves a tally. */
async function testPart(title: string, command: readonly string[]): Promise<Tally> {
  let tally = FAILED;
  try {
    await part(title, async () => {
      takeTally();
      const exitCode = await runNode(command);
      tally = settle(takeTally(), exitCode);
      if (tally.failed > 0) throw new Error(`${title}: ${closingLine(tally)}`);
      return closingLine(tally);
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return tally;
}

/** Runs a script behind whatever tests run. Throws when it fails; what it prints goes straight to the screen. */
async function runScript(name: string): Promise<void> {
  const windows = process.platform === "win32";
  const child = spawn("npm", ["run", "--silent", name], {
    cwd: fromRoot(),
    stdio: ["ignore", "inherit", "inherit"],
    shell: windows,
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const exitCode = await exitOf(child);
  if (exitCode !== 0) throw new Error(`"npm run ${name}" failed; what it found stands above.`);
}

function runNode(command: readonly string[]): Promise<number> {
  return exitOf(spawn(process.execPath, command, { cwd: fromRoot(), stdio: ["ignore", "inherit", "inherit"] }));
}

function exitOf(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      resolve(code ?? 1);
    });
  });
}
