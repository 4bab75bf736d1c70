/** Finds a Chromium for the tests and the command line, or gets one, and knows how to start it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";
import { fromRoot } from "./root.ts";

/**
 * Lets Chromium run without a sandbox (as root, in containers), gives it WebGPU on its software adapter where there is no
 * other, and keeps it from calling home.
 */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--enable-features=Vulkan",
  "--use-webgpu-adapter=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
] as const;

/** Names that Chromium goes by in PATH. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"] as const;

/**
 * The executable of a Chromium that is there: the one DUEL_BROWSER names, one in PATH, or Playwright's own. Null when
 * there is none that starts. Throws when DUEL_BROWSER names something that does not start.
 */
export function findBrowser(): string | null {
  const asked = process.env.DUEL_BROWSER;
  if (asked !== undefined && asked !== "") {
    if (starts(asked)) return asked;
    throw new Error(`DUEL_BROWSER is ${asked}, which does not start. Name the executable of a Chromium, or unset it.`);
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, chromium.executablePath()].find((path) => existsSync(path) && starts(path)) ?? null;
}

/** Some distributions have a placeholder of that name, and a browser without its libraries is none either. */
function starts(path: string): boolean {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

/** findBrowser, or else what Playwright or Debian can install. Throws when none can be had, saying what was tried. */
export function obtainBrowser(): string {
  const found = findBrowser();
  if (found !== null) return found;
  const tried: string[] = [];
  for (const { name, commands } of waysToInstall()) {
    console.log(`  No Chromium here yet; trying ${name}.`);
    const worked = commands.every(
      ([command, ...args]) => spawnSync(command, args, { cwd: fromRoot(), stdio: "inherit" }).status === 0,
    );
    const installed = findBrowser();
    if (installed !== null) return installed;
    tried.push(`${name} (${worked ? "what it installed does not start" : "it failed"})`);
  }
  throw new Error(
    `There is no Chromium to test with, and none could be installed. Looked for ${NAMES.join(", ")} in PATH; ` +
      `tried ${tried.join(", ")}. Install Chromium or Chrome, or name one in DUEL_BROWSER.`,
  );
}

interface WayToInstall {
  readonly name: string;
  readonly commands: readonly (readonly [command: string, ...args: string[]])[];
}

function waysToInstall(): readonly WayToInstall[] {
  const playwright: WayToInstall = {
    name: "Playwright's own download",
    commands: [[process.execPath, fromRoot("node_modules/playwright/cli.js"), "install", "chromium"]],
  };
  const debian: WayToInstall = {
    name: "Debian's package",
    commands: [
      ["apt-get", "update"],
      ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
    ],
  };
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get") ? [playwright, debian] : [playwright];
}
