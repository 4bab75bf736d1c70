/** Remembers what finished work was made from, so that it is not done twice. The stamps lie in .cache/stamps. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fromRoot } from "./root.ts";

/** A hash of the names and bytes of files and of everything in folders; what does not exist counts as missing. */
export async function hashFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of await filesUnder(path)) {
      const bytes = await readFile(file);
      hash.update(`${relative(fromRoot(), file)}\0${String(bytes.length)}\0`).update(bytes);
    }
  }
  return hash.digest("hex");
}

async function filesUnder(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) return [];
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function stampFile(name: string): string {
  return fromRoot(".cache/stamps", name);
}

/** What the named work was made from when it was last finished; null if it never was. */
export async function readStamp(name: string): Promise<string | null> {
  return existsSync(stampFile(name)) ? readFile(stampFile(name), "utf8") : null;
}

export async function writeStamp(name: string, hash: string): Promise<void> {
  await mkdir(fromRoot(".cache/stamps"), { recursive: true });
  await writeFile(stampFile(name), hash);
}

export async function forgetStamp(name: string): Promise<void> {
  await rm(stampFile(name), { force: true });
}
