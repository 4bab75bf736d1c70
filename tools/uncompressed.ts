/**
 * Lets the server of the built page send files as they are, as a Vite plugin. Vite compresses each response anew, which takes
 * longer than it spares where the browser is on the same machine. It knows nothing of what is served.
 */
import type { Plugin } from "vite";

export function uncompressed(): Plugin {
  return {
    name: "duel-uncompressed",
    configurePreviewServer(server) {
      server.middlewares.use((request, _, next) => {
        delete request.headers["accept-encoding"];
        next();
      });
    },
  };
}
