import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BACKENDS, type BackendName } from "../engine/backends.ts";
import { PARITY_FILES } from "./parity/files.ts";
import type { ParityAnswer, ParityRequest } from "./parity/parityWorker.ts";
import type { UpdateStyle } from "./parity/storedUpdates.ts";

// PyTorch's own float32 stays under 1e-5 of its float64; graphics cards take liberties with exp, sqrt and division.
const TOLERANCES: Readonly<Record<BackendName, number>> = { cpu: 5e-5, simd: 5e-5, webgl: 5e-5, webgpu: 2e-4 };

/** Software adapters compile a shader for each shape. */
const PATIENCE = 300_000;

/** Compiled for long by software adapters, and made of parts that other files or tests of their own have on every backend. */
const IN_NODE_ALONE: readonly string[] = [
  "conditional-classifier-r1",
  "conditional-concatenation-flat",
  "dcgan-16px-r1",
  "dcgan-augmented-relativistic-average",
  "mlp-hinge-flipped-labels",
  "residual-layers",
  "spectral-norm-hinge",
  "spectral-norm-projection-r1",
];
const FILES = Object.entries(PARITY_FILES).filter(([name]) => !IN_NODE_ALONE.includes(name));

/** What runs on `cpu` is the same in Node, where parity.test.ts checks it. */
const IN_BROWSERS_ALONE = (Object.keys(BACKENDS) as BackendName[]).filter((backend) => backend !== "cpu");

describe.for(IN_BROWSERS_ALONE)("the training step on %s", (backend) => {
  let worker: Worker;
  let unavailable = "";
  let memoryBefore: readonly number[] = [];

  function ask(request: ParityRequest): Promise<ParityAnswer> {
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ParityAnswer>) => {
        resolve(data);
      };
      worker.onerror = ({ message }) => {
        reject(new Error(message));
      };
      worker.postMessage(request);
    });
  }

  beforeAll(async () => {
    worker = new Worker(new URL("./parity/parityWorker.ts", import.meta.url), { type: "module" });
    const answer = await ask({ type: "start", backend });
    if (answer.type === "failed") throw new Error(answer.message);
    if (answer.type === "unavailable") unavailable = answer.message;
    if (answer.type === "started") console.info(`${backend} runs on ${answer.report.device}.`);
    if (unavailable !== "") console.warn(`Skipped on ${backend}: ${unavailable}`);
  }, PATIENCE);

  afterAll(() => {
    worker.terminate();
  });

  // The others record no steps.
  const records = backend === "webgpu" || backend === "simd";
  const styles: readonly UpdateStyle[] = records ? ["eager", "replayed"] : ["eager"];
  const cases = styles.flatMap((style) => FILES.map(([name, file]) => ({ style, name, file })));

  test.for(cases)(
    "computes what PyTorch computes for $name, $style, and leaves no tensor behind",
    { timeout: PATIENCE },
    async ({ style, file }, { skip }) => {
      if (unavailable !== "") skip(unavailable);
      const answer = await ask({ type: "check", file, style });
      if (answer.type !== "checked") throw new Error("message" in answer ? answer.message : answer.type);
      const { largestError, where } = answer.result;
      console.info(`${backend}, ${style}: ${answer.result.name} ${largestError.toExponential(1)} at ${where}`);
      expect(largestError, where).toBeLessThan(TOLERANCES[backend]);
      const memoryAfter = [answer.tensors, answer.bytes];
      if (memoryBefore.length > 0) expect(memoryAfter).toEqual(memoryBefore);
      memoryBefore = memoryAfter;
    },
  );
});
