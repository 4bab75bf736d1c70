/** What must be there before Duel is built, served by the development server or tested: the data and the SIMD module. */
import { packMnist } from "./data/mnist.ts";
import { part } from "./parts.mjs";
import { buildSimd } from "./simd/build.ts";

/** Prepares the data and the SIMD module, each only where it is missing or stale. */
export async function prepare(): Promise<void> {
  await part("Data", packMnist);
  await part("SIMD module", async () => ((await buildSimd()) ? "compiled" : "nothing to do"));
}
