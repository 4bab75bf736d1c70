/** Compiles the SIMD backend's AssemblyScript into its WebAssembly modules. Run it, or call buildSimd(). */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { tilesSource } from "./tiles.mjs";

const SIMD = new URL("../../src/engine/simd/", import.meta.url);
const GENERATED = new URL("generated/", SIMD);
const STAMP = new URL("inputs.sha256", GENERATED);
/** The most memory a module can be given: 4 GiB, in pages of 64 KiB. */
const PAGES = 65536;

const VARIANTS = [false, true].flatMap((relaxed) =>
  [false, true].map((shared) => ({
    name: `${relaxed ? "relaxed" : "plain"}-${shared ? "shared" : "single"}`,
    relaxed,
    shared,
  })),
);

/**
 * Compiles what changed since the last time, or nothing.
 * @returns {Promise<boolean>} whether anything was compiled
 * @throws with the compiler's words when the source is wrong
 */
export async function buildSimd() {
  const sources = await readSources();
  const stamp = await stampOf(sources);
  if ((await readFile(STAMP, "utf8").catch(() => "")) === stamp) return false;
  await mkdir(GENERATED, { recursive: true });
  for (const variant of VARIANTS) {
    await writeFile(new URL(`${variant.name}.wasm`, GENERATED), await compile(variant, sources));
  }
  await writeFile(STAMP, stamp);
  return true;
}

/** The AssemblyScript by the path that the compiler asks for. */
async function readSources() {
  const folder = new URL("assembly/", SIMD);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ts")).sort();
  const entries = names.map(async (name) => [`assembly/${name}`, await readFile(new URL(name, folder), "utf8")]);
  entries.push(readFile(new URL("opcodes.ts", SIMD), "utf8").then((text) => ["opcodes.ts", text]));
  return new Map(await Promise.all(entries));
}

async function stampOf(sources) {
  const tools = ["build.mjs", "tiles.mjs"].map((name) => readFile(new URL(name, import.meta.url), "utf8"));
  const hash = createHash("sha256").update(asc.version);
  for (const text of [...sources.values(), ...(await Promise.all(tools))]) hash.update(text);
  return hash.digest("hex");
}

async function compile({ name, relaxed, shared }, sources) {
  const files = new Map(sources).set("assembly/tiles.ts", tilesSource(relaxed ? 6 : 4));
  const features = ["simd", ...(relaxed ? ["relaxed-simd"] : []), ...(shared ? ["threads"] : [])];
  const options = [
    ...[
      `assembly/${shared ? "threads" : "index"}.ts`,
      "--outFile",
      "module.wasm",
      "--runtime",
      "stub",
      "--noAssert",
      "-O3",
    ],
    ...["--enable", features.join(","), "--use", `RELAXED=${relaxed ? 1 : 0}`],
    ...["--importMemory", "--initialMemory", "1", "--maximumMemory", String(PAGES)],
    ...(shared ? ["--sharedMemory"] : []),
  ];
  let compiled;
  const { error, stderr } = await asc.main(options, {
    readFile: (path) => files.get(path) ?? null,
    writeFile: (path, contents) => {
      if (path === "module.wasm") compiled = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || compiled === undefined) {
    throw new Error(`The SIMD module ${name} did not compile.\n${stderr.toString()}`, { cause: error });
  }
  return compiled;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now();
  const compiled = await buildSimd();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(compiled ? `Compiled ${fileURLToPath(GENERATED)} in ${seconds} s.` : "The SIMD modules are up to date.");
}
