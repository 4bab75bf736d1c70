/** `npm start`: installs, prepares, builds and serves Duel. Plain JavaScript, because at first nothing else is installed. */
import { installWhenStale } from "./install.mjs";
import { part } from "./parts.mjs";

try {
  await part("Dependencies", installWhenStale);
  const { register } = await import("tsx/esm/api");
  register();
  const { start } = await import("./serve.ts");
  await start(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
