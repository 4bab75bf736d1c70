/** Serves the production build: for people by `npm start`, and for the command line and the tests on a port of their own. */
import { parseArgs } from "node:util";
import { preview } from "vite";
import { buildWhenStale } from "./bundle.ts";
import { part } from "./parts.mjs";
import { fromRoot } from "./root.ts";

/** The first port that is tried. */
const FIRST_PORT = 4173;

export interface BuildServer {
  /** Absolute address of the page, with a slash at the end. */
  readonly url: string;
  close(this: void): Promise<void>;
}

export interface PortOptions {
  readonly port: number;
  /** Fail when the port is taken, instead of trying the next. */
  readonly strict: boolean;
}

/** Serves dist/ to this machine alone; dist/ must be built. */
export async function serveBuild({ port, strict }: PortOptions): Promise<BuildServer> {
  const server = await preview({
    root: fromRoot(),
    configFile: fromRoot("vite.config.ts"),
    logLevel: "warn",
    preview: { port, strictPort: strict },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { url: `http://127.0.0.1:${String(address.port)}/`, close: () => server.close() };
}

/** `npm start [-- --port N]`: builds, serves, and stays until it is interrupted. */
export async function start(argv: readonly string[]): Promise<void> {
  const port = portFrom(argv);
  await buildWhenStale();
  const server = await part("Server", () =>
    serveBuild(port === null ? { port: FIRST_PORT, strict: false } : { port, strict: true }),
  );
  console.log(`\nDuel is at ${server.url}  (Ctrl-C stops it)\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void server.close().finally(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

/** The port asked for, null for the first free one. Throws on anything else than one port. */
function portFrom(argv: readonly string[]): number | null {
  const { values } = parseArgs({ args: [...argv], options: { port: { type: "string" } } });
  if (values.port === undefined) return null;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port is ${values.port}; it must be a whole number from 1 to 65535.`);
  }
  return port;
}
