/** How the page that makes evaluators is built and served: apart from Duel's own pages, with its data, and isolated. */
import { defineConfig } from "vite";
import { ISOLATION_HEADERS } from "../securityHeaders.ts";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: "../../public",
  cacheDir: "../../.cache/vite",
  worker: { format: "es" },
  // Two copies of tfjs-core would each keep a registry of kernels of their own.
  resolve: { dedupe: ["@tensorflow/tfjs-core"] },
  build: { target: "es2023", outDir: "../../.cache/evaluator", emptyOutDir: true, assetsInlineLimit: 0 },
  preview: { port: 34273, host: "127.0.0.1", cors: false, headers: ISOLATION_HEADERS },
});
