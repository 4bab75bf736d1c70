/** How the benchmark's page is built and served: apart from Duel's own pages, and isolated like them. */
import { defineConfig } from "vite";
import { ISOLATION_HEADERS } from "../tools/securityHeaders.ts";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  cacheDir: "../.cache/vite",
  worker: { format: "es" },
  // Two copies of tfjs-core would each keep a registry of kernels of their own.
  resolve: { dedupe: ["@tensorflow/tfjs-core"] },
  build: {
    target: "es2023",
    outDir: "../.cache/bench",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The WASM backend of TensorFlow.js hands its own source text to its threads, where shortened names mean nothing.
    minify: false,
    // Every subject brings its whole library along.
    chunkSizeWarningLimit: 4000,
  },
  preview: { port: 34173, host: "127.0.0.1", cors: false, headers: ISOLATION_HEADERS },
});
