/** Starts WebGL in a worker, through an OffscreenCanvas. */
import { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { backend, env } from "@tensorflow/tfjs-core";
import {
  isSoftwareRenderer,
  noteLoss,
  shortRendererName,
  UnavailableError,
  useBackend,
  type StartedBackend,
  type StartRequest,
} from "./starting.ts";

/** Throws an UnavailableError where there is no WebGL 2 with 32-bit floats, or only an emulated one and that will not do. */
export async function startWebGl({ acceptSoftware, onLost }: StartRequest): Promise<StartedBackend> {
  const renderer = rendererOf(makeContext());
  if (isSoftwareRenderer(renderer) && !acceptSoftware) throw new UnavailableError(`only an emulation, ${renderer}`);
  // Otherwise browsers refuse a context that is emulated.
  env().set("SOFTWARE_WEBGL_ENABLED", true);
  if (!env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) throw new UnavailableError("no 32-bit floating point numbers");
  await useBackend("webgl");
  watchForLoss(backend(), onLost);
  return { device: renderer };
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

function makeContext(): WebGL2RenderingContext {
  if (typeof OffscreenCanvas === "undefined") throw new UnavailableError("this browser does not offer it to workers");
  const context = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (context === null) throw new UnavailableError("this browser does not offer it");
  return context;
}

/** The renderer's name, without the wrappers that browsers put around it. Gives the context back. */
function rendererOf(context: WebGL2RenderingContext): string {
  const extension = context.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = context.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return typeof name === "string" && name !== "" ? shortRendererName(name) : "an unnamed renderer";
}
