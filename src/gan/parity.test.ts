import { memory, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../engine/simd/index.ts";
import { PARITY_FILES } from "./parity/files.ts";
import { checkParity } from "./parity.ts";

// PyTorch's own float32 stays under 1e-5 of its float64 on these files; ours may round in another order.
const TOLERANCE = 5e-5;

const FILES = Object.entries(PARITY_FILES);

describe("the training step in plain JavaScript", () => {
  beforeAll(async () => {
    await setBackend("cpu");
  });

  test.for(FILES)("computes what PyTorch computes for %s", async ([, file]) => {
    const { largestError, where } = await checkParity(file);
    expect(largestError, where).toBeLessThan(TOLERANCE);
  });

  test("notices a single wrong number", async () => {
    const file = structuredClone(PARITY_FILES["mlp-minimax"]);
    const step = file.steps[1];
    if (step === undefined) throw new Error("the file has a second step");
    step.generator.loss += 0.001;
    const { largestError, where } = await checkParity(file);
    expect(where).toBe("steps[1].generator.loss");
    expect(largestError).toBeGreaterThan(TOLERANCE);
  });

  test("leaves no tensor behind", async () => {
    const before = memory();
    await checkParity(PARITY_FILES["dcgan-bn-discriminator"]);
    await checkParity(PARITY_FILES["mlp-wgan-gp"]);
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
  });

  test("refuses a file that is something else, and says what is wrong with it", async () => {
    await expect(checkParity({ name: "other", batchSize: -1 })).rejects.toThrow("batchSize is -1");
  });

  test("refuses weights that the networks do not have", async () => {
    const file: unknown = {
      ...PARITY_FILES["mlp-minimax"],
      initial: { generator: { "9.kernel": { shape: [1], data: [0] } }, discriminator: {} },
    };
    await expect(checkParity(file)).rejects.toThrow("9.kernel");
  });
});

describe.for(["eager", "replayed"] as const)("the training step in the SIMD module, %s", (style) => {
  beforeAll(async () => {
    await startSimd();
  });

  test.for(FILES)("computes what PyTorch computes for %s", async ([, file]) => {
    const { largestError, where } = await checkParity(file, style);
    expect(largestError, where).toBeLessThan(TOLERANCE);
  });
});
