/** Compiles the SIMD backend's AssemblyScript into its WebAssembly modules. Run it, or call buildSimd(). */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { tilesSource } from "./tiles.ts";

const SIMD = new URL("../../src/engine/simd/", import.meta.url);
const GENERATED = new URL("generated/", SIMD);
const STAMP = new URL("inputs.sha256", GENERATED);
/** The most memory a module can be given: 4 GiB, in pages of 64 KiB. */
const PAGES = 65536;

interface Variant {
  readonly name: string;
  readonly relaxed: boolean;
  readonly shared: boolean;
}

const VARIANTS: readonly Variant[] = [false, true].flatMap((relaxed) =>
  [false, true].map((shared) => ({
    name: `${relaxed ? "relaxed" : "plain"}-${shared ? "shared" : "single"}`,
    relaxed,
    shared,
  })),
);

/** AssemblyScript by the path that the compiler asks for. */
type Sources = ReadonlyMap<string, string>;

/**
 * Compiles the modules, or nothing where no source changed since the last time. Tells whether anything was compiled.
 * @throws with the compiler's words when the source is wrong
 */
export async function buildSimd(): Promise<boolean> {
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

async function readSources(): Promise<Sources> {
  const folder = new URL("assembly/", SIMD);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ts")).sort();
  const paths = ["opcodes.ts", ...names.map((name) => `assembly/${name}`)];
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(new URL(path, SIMD), "utf8")] as const)),
  );
}

async function stampOf(sources: Sources): Promise<string> {
  const tools = ["build.ts", "tiles.ts"].map((name) => readFile(new URL(name, import.meta.url), "utf8"));
  const hash = createHash("sha256").update(asc.version);
  for (const text of [...sources.values(), ...(await Promise.all(tools))]) hash.update(text);
  return hash.digest("hex");
}

async function compile({ name, relaxed, shared }: Variant, sources: Sources): Promise<Uint8Array> {
  const files = new Map(sources).set("assembly/tiles.ts", tilesSource(relaxed));
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
  const written = new Map<string, string | Uint8Array>();
  const messages: string[] = [];
  const { error } = await asc.main(options, {
    stderr: { write: (message) => messages.push(String(message)) },
    readFile: (path) => files.get(path) ?? null,
    writeFile: (path, contents) => {
      written.set(path, contents);
    },
    listFiles: () => [],
  });
  const compiled = written.get("module.wasm");
  if (error !== null || !(compiled instanceof Uint8Array)) {
    throw new Error(`The SIMD module ${name} did not compile.\n${messages.join("")}`, { cause: error });
  }
  return compiled;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now();
  const compiled = await buildSimd();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(compiled ? `Compiled ${fileURLToPath(GENERATED)} in ${seconds} s.` : "The SIMD modules are up to date.");
}
