/** Where the project lies. */
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The absolute path of something in the project. */
export function fromRoot(...segments: readonly string[]): string {
  return ROOT + segments.join("/");
}
