/**
 * Whether neighbouring threads can hand numbers to each other on a device, and what that takes. A processor that plays a
 * graphics card spends more time on reading a number than on multiplying by it; a graphics card has caches for that, and is
 * left as it is. It must not know which kernel exchanges what.
 */
import { isSoftwareAdapter } from "./adapter.ts";
import { replaceMethod } from "./internals.ts";

/** Threads that such a processor runs in step: as many as its vectors have lanes. */
const IN_STEP = 4;
const FEATURE = "subgroups";

/** Stands at the head of WGSL whose threads exchange. It is for the kernel to see that conditions hold for all four or none. */
export const EXCHANGE_WGSL = `enable ${FEATURE};
diagnostic(off, subgroup_uniformity);`;

/** Whether threads exchange by fours: those whose numbers in a workgroup differ in the last two bits alone. */
export function exchangesInFours({ features, adapterInfo }: GPUDevice): boolean {
  const { subgroupMinSize, subgroupMaxSize } = adapterInfo;
  return features.has(FEATURE) && subgroupMinSize === IN_STEP && subgroupMaxSize === IN_STEP;
}

/** Runs `start`, which asks the browser for a device: where a processor plays the graphics card, for one that exchanges. */
export async function withExchange<Result>(start: () => Promise<Result>): Promise<Result> {
  const restore = replaceMethod(navigator.gpu, "requestAdapter", (request) => async (options) => {
    const adapter = await request(options);
    if (adapter === null || !isSoftwareAdapter(adapter.info) || !adapter.features.has(FEATURE)) return adapter;
    replaceMethod(adapter, "requestDevice", (requestDevice) => (descriptor = {}) => {
      return requestDevice({ ...descriptor, requiredFeatures: [...(descriptor.requiredFeatures ?? []), FEATURE] });
    });
    return adapter;
  });
  try {
    return await start();
  } finally {
    restore();
  }
}
