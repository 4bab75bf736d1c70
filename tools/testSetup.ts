/** What Vitest does before any test: the data and the SIMD module must be there. */
export { prepare as setup } from "./prepare.ts";
