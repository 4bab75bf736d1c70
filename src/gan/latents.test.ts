import { setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { createLiveNumbers } from "../engine/liveNumbers.ts";
import { DRAW_LIVE } from "../engine/operations/randomDraws.ts";
import { startSimd } from "../engine/simd/index.ts";
import { latentNumbers } from "../shared/latents.ts";
import { drawLatents } from "./latents.ts";

const COUNT = 500;

describe.for(["cpu", "simd"])("latents on %s", (backend) => {
  beforeAll(async () => {
    if (backend === "simd") await startSimd();
    else await setBackend("cpu");
  });

  function draw(latentDistribution: "normal" | "uniform" | "spherical", latentDim: number): Float32Array {
    const live = createLiveNumbers(DRAW_LIVE);
    live.set({ seed: 3, draw: 1 });
    const z = drawLatents({ stream: "generatorLatents", live }, COUNT, { latentDim, latentDistribution });
    expect(z.shape).toEqual([COUNT, latentDim]);
    const numbers = z.dataSync<"float32">().slice();
    z.dispose();
    return numbers;
  }

  test("that are uniform fill the cube from −1 to 1 evenly", () => {
    const numbers = draw("uniform", 4);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const meanSquare = numbers.reduce((sum, number) => sum + number * number, 0) / numbers.length;
    // A third, with a deviation of 0.3 / √2000.
    expect(Math.abs(meanSquare - 1 / 3)).toBeLessThan(0.03);
  });

  test.for([1, 2, 100, 512])("that are spherical all have the length of %i numbers of 1", (latentDim) => {
    const numbers = draw("spherical", latentDim);
    for (let row = 0; row < COUNT; row++) {
      const length = Math.hypot(...numbers.subarray(row * latentDim, (row + 1) * latentDim));
      expect(Math.abs(length / Math.sqrt(latentDim) - 1)).toBeLessThan(1e-5);
    }
  });

  test("are drawn by the host as on the device", () => {
    for (const latentDistribution of ["normal", "uniform", "spherical"] as const) {
      const space = { latentDim: 8, latentDistribution };
      const key = { seed: 4, stream: "samples", draw: 2 } as const;
      const z = drawLatents(key, 1, space);
      const onDevice = z.dataSync<"float32">();
      for (const [index, number] of latentNumbers(key, space).entries()) expect(onDevice[index]).toBeCloseTo(number, 5);
      z.dispose();
    }
  });
});
