/** Installs the locked dependencies when they are missing or stale. Plain JavaScript with built-ins only: nothing else is there yet. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LOCK = `${ROOT}package-lock.json`;
const MODULES = `${ROOT}node_modules`;
const STAMP = `${MODULES}/.duel-lock`;
const OLDEST_NODE = [20, 19];

/**
 * Makes node_modules what package-lock.json says, with `npm ci`, unless it is so already.
 * @returns {Promise<string>} what was done
 */
export async function installWhenStale() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new Error(`Duel needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
  }
  const hash = createHash("sha256").update(readFileSync(LOCK)).digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === hash) return "nothing to do";
  await npmCi();
  writeFileSync(STAMP, hash);
  return "installed";
}

/** @returns {Promise<void>} */
function npmCi() {
  const windows = process.platform === "win32";
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["ci", "--no-audit", "--no-fund"], { cwd: ROOT, stdio: "inherit", shell: windows });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else
        reject(new Error("The dependencies could not be installed; npm says why above. Run the same command again."));
    });
  });
}
