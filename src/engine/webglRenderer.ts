/** Which renderer stands behind WebGL 2 here, asked of a context of its own. It must not load the backend, which takes longer. */
import { isSoftwareRenderer, shortRendererName, UnavailableError, type StartRequest } from "./starting.ts";

/** Its name. Throws an UnavailableError where there is no WebGL 2 in workers, or only an emulated one and that will not do. */
export function findRenderer({ acceptSoftware }: Pick<StartRequest, "acceptSoftware">): string {
  const renderer = rendererOf(makeContext());
  if (isSoftwareRenderer(renderer) && !acceptSoftware) throw new UnavailableError(`only an emulation, ${renderer}`);
  return renderer;
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
