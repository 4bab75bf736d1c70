/** Starts WebGL in a worker, through an OffscreenCanvas. */
import { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { backend, env } from "@tensorflow/tfjs-core";
import { noteLoss, UnavailableError, useBackend, type StartedBackend, type StartRequest } from "./starting.ts";

/** Throws an UnavailableError where there are no 32-bit floats. `device` is the renderer that was found. */
export async function startWebGl(device: string, { onLost }: Pick<StartRequest, "onLost">): Promise<StartedBackend> {
  // Otherwise browsers refuse a context that is emulated.
  env().set("SOFTWARE_WEBGL_ENABLED", true);
  if (!env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) throw new UnavailableError("no 32-bit floating point numbers");
  await useBackend("webgl");
  watchForLoss(backend(), onLost);
  return { device };
}

function watchForLoss(running: unknown, onLost: (why: string) => void): void {
  if (!(running instanceof MathBackendWebGL)) return;
  const { gl } = running.getGPGPUContext();
  if (!("canvas" in gl && gl.canvas instanceof OffscreenCanvas)) return;
  gl.canvas.addEventListener("webglcontextlost", () => {
    noteLoss(running);
    onLost("the browser took the graphics context away");
  });
}
