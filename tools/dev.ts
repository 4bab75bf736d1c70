/** `npm run dev`: serves Duel with hot reload. */
import { createServer } from "vite";
import { prepare } from "./prepare.ts";
import { fromRoot } from "./root.ts";

await prepare();
const server = await createServer({ root: fromRoot(), configFile: fromRoot("vite.config.ts") });
await server.listen();
server.printUrls();
server.bindCLIShortcuts({ print: true });
