/** `npm test`: installs what is missing, then runs every check. Plain JavaScript, because at first nothing else is installed. */
import { installWhenStale } from "./install.mjs";
import { part } from "./parts.mjs";

try {
  await part("Dependencies", installWhenStale);
  const { register } = await import("tsx/esm/api");
  register();
  const { runChecks } = await import("./checks/parts.ts");
  process.exitCode = (await runChecks()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
}
