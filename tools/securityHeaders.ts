/**
 * The HTTP headers of Duel's servers, as a Vite plugin: cross-origin isolation everywhere, and a strict
 * Content-Security-Policy for the production build. It knows nothing of what is served.
 */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { Plugin } from "vite";

/** Stands in the built pages where the nonce of each response goes; Vite writes it there (html.cspNonce). */
export const NONCE_PLACEHOLDER = "nonce-of-this-response";

/** Sent with every response. Isolation is what gives the worker shared memory and fine timers: https://web.dev/coop-coep */
export const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
} as const;

/** What a page may load and run: its own files alone, WebAssembly, and style elements that carry the nonce. */
export function contentSecurityPolicy(nonce: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `style-src 'self'${nonce === null ? "" : ` 'nonce-${nonce}'`}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** @param pages file names of the built pages, by the path they are served under */
export function securityHeaders(pages: Readonly<Record<string, string>>): Plugin {
  return {
    name: "duel-security-headers",
    config: () => ({ server: { headers: ISOLATION_HEADERS }, html: { cspNonce: NONCE_PLACEHOLDER } }),
    configurePreviewServer(server) {
      const { root, build } = server.config;
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? "/", "http://localhost");
        for (const [name, value] of Object.entries(ISOLATION_HEADERS)) response.setHeader(name, value);
        const page = Object.hasOwn(pages, pathname) ? pages[pathname] : undefined;
        if (page === undefined) {
          // A worker obeys the policy of its own script's response.
          response.setHeader("Content-Security-Policy", contentSecurityPolicy(null));
          next();
        } else {
          sendPage(response, readFileSync(join(root, build.outDir, page), "utf8"), request.method === "HEAD");
        }
      });
    },
  };
}

function sendPage(response: ServerResponse, html: string, withoutBody: boolean): void {
  const nonce = randomBytes(18).toString("base64");
  response.setHeader("Content-Security-Policy", contentSecurityPolicy(nonce));
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.end(withoutBody ? undefined : html.replaceAll(NONCE_PLACEHOLDER, nonce));
}
