/** The training worker's entry: ties the run loop to the worker's messages, clock and network. Nothing else happens here. */
import { openDataSource } from "../data/loader.ts";
import { startBackend } from "../engine/backend.ts";
import { checkParity } from "../gan/parity.ts";
import { createMacrotask } from "./macrotask.ts";
import { openEvaluator } from "./openEvaluator.ts";
import type { Command } from "./protocol.ts";
import { RunLoop } from "./runLoop.ts";

declare const self: DedicatedWorkerGlobalScope;

const pageUrl = new URL(import.meta.env.BASE_URL, self.location.href).href;

const loop = new RunLoop({
  post: (event, transfer) => {
    self.postMessage(event, transfer);
  },
  startBackend,
  openDataSource: (named) => openDataSource(named, pageUrl),
  openEvaluator: (name) => openEvaluator(name, pageUrl),
  checkParity,
  now: () => performance.now(),
  yieldToMessages: createMacrotask(),
});

self.addEventListener("message", (message: MessageEvent<Command>) => {
  loop.receive(message.data);
});

void loop.serve();
