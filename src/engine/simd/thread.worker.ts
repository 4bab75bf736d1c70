/** One helping thread: answers that it is there, then serves commands until it is stopped. It knows nothing else. */
import { instantiate } from "./module.ts";
import type { ThreadStart } from "./threads.ts";

globalThis.onmessage = ({ data }: MessageEvent<ThreadStart>) => {
  const module = instantiate(data.module, data.memory);
  globalThis.postMessage("started");
  module.serve?.(data.thread);
};
