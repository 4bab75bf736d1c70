/** Starts plain JavaScript: the last resort, and the reference in tests. */
import "@tensorflow/tfjs-backend-cpu";
import { useBackend, type StartedBackend } from "./starting.ts";

export async function startCpu(): Promise<StartedBackend> {
  await useBackend("cpu");
  return { device: "plain JavaScript, 1 thread" };
}
