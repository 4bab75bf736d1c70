/** Runs parity files on one backend in a worker of its own, as training does. Only tests start it. */
import { memory } from "@tensorflow/tfjs-core";
import { BackendError, startBackend } from "../../engine/backend.ts";
import type { BackendName, BackendReport } from "../../engine/backends.ts";
import { checkParity, type ParityResult } from "../parity.ts";
import type { UpdateStyle } from "./storedUpdates.ts";

export type ParityRequest =
  | { readonly type: "start"; readonly backend: BackendName }
  | { readonly type: "check"; readonly file: unknown; readonly style: UpdateStyle };

export type ParityAnswer =
  | { readonly type: "started"; readonly report: BackendReport }
  | { readonly type: "unavailable"; readonly message: string }
  | { readonly type: "checked"; readonly result: ParityResult; readonly tensors: number; readonly bytes: number }
  | { readonly type: "failed"; readonly message: string };

async function answer(request: ParityRequest): Promise<ParityAnswer> {
  try {
    if (request.type === "start") return { type: "started", report: await startBackend(request.backend) };
    const result = await checkParity(request.file, request.style);
    const { numTensors, numBytes } = memory();
    return { type: "checked", result, tensors: numTensors, bytes: numBytes };
  } catch (error) {
    if (error instanceof BackendError) return { type: "unavailable", message: error.message };
    return { type: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ParityRequest>) => {
  void answer(data).then((result) => {
    self.postMessage(result);
  });
});
