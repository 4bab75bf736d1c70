/** How Duel is bundled and served: two pages, a worker, and headers that isolate and protect them. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { securityHeaders } from "./tools/securityHeaders.ts";
import { uncompressed } from "./tools/uncompressed.ts";

/** The page for people, and the one that the command line drives. */
const PAGES = { "/": "index.html", "/index.html": "index.html", "/headless.html": "headless.html" } as const;

export default defineConfig({
  // Neither server answers an unknown address with the page.
  appType: "mpa",
  cacheDir: ".cache/vite",
  plugins: [react(), securityHeaders(PAGES), uncompressed()],
  worker: { format: "es" },
  // Two copies of tfjs-core would each keep a registry of kernels of their own.
  resolve: { dedupe: ["@tensorflow/tfjs-core"] },
  build: {
    target: "es2023",
    // Inlined files would be data: addresses, which the security policy does not let a worker or WebAssembly load.
    assetsInlineLimit: 0,
    // The training worker brings TensorFlow.js along; it is loaded apart from the page.
    chunkSizeWarningLimit: 1500,
    // What the bundled libraries ask of those who pass them on.
    license: { fileName: "licences.md" },
    rolldownOptions: { input: [...new Set(Object.values(PAGES))] },
  },
  // The development server bundles what the worker imports before the worker asks for it, which would reload the page.
  optimizeDeps: { entries: ["index.html", "headless.html", "src/worker/*.worker.ts"] },
  server: {
    port: 5173,
    host: "127.0.0.1",
    watch: { ignored: ["**/.cache/**", "**/dist/**", "**/out/**", "**/test-results/**"] },
  },
  // Nothing is shared with other origins.
  preview: { port: 4173, host: "127.0.0.1", cors: false },
});
