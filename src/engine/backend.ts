/** Starts the backend that is asked for, or the best one that works here. It must not know what will run on it. */
import { BACKENDS, type BackendChoice, type BackendName, type BackendReport } from "./backends.ts";
import { UnavailableError, type StartedBackend, type StartRequest } from "./starting.ts";
import { findRenderer } from "./webglRenderer.ts";
import { findAdapter } from "./webgpu/adapter.ts";

/** A backend that was asked for and does not work here. */
export class BackendError extends Error {
  override readonly name = "BackendError";
  constructor(
    message: string,
    readonly safe: string,
    readonly next: string,
  ) {
    super(message);
  }
}

/** Devices are found before anything large is loaded: most that are asked in vain cost next to nothing. */
const STARTERS: Readonly<Record<BackendName, (request: StartRequest) => Promise<StartedBackend>>> = {
  webgpu: async (request) => {
    const device = await findAdapter(request);
    return (await import("./webgpu/start.ts")).startWebGpu(device, request);
  },
  webgl: async (request) => {
    const device = findRenderer(request);
    return (await import("./webgl.ts")).startWebGl(device, request);
  },
  simd: async () => (await import("./simd/index.ts")).startSimd(),
  cpu: async () => (await import("./cpu.ts")).startCpu(),
};

/** From the fastest to the one that always works. */
const PREFERENCE = ["webgpu", "webgl", "simd", "cpu"] as const satisfies readonly BackendName[];

/**
 * Starts a backend for all tensors to come. `auto` takes WebGPU on real hardware, else WebGL on real hardware, else SIMD,
 * else plain JavaScript. `onLost` is called when the device goes away later, with the reason where one is known. Throws a
 * BackendError when a backend that was asked for by name does not work; the one that ran before, if any, then still does.
 */
export async function startBackend(
  choice: BackendChoice,
  onLost: (why: string) => void = () => undefined,
): Promise<BackendReport> {
  return choice === "auto" ? startBest(onLost) : startAsked(choice, onLost);
}

async function startAsked(name: BackendName, onLost: (why: string) => void): Promise<BackendReport> {
  try {
    const { device } = await STARTERS[name]({ acceptSoftware: true, onLost });
    return { name, device, reason: `You asked for ${BACKENDS[name].label}.` };
  } catch (error) {
    throw new BackendError(
      `${BACKENDS[name].label} does not work here: ${reasonOf(error)}.`,
      "Your settings are as they were.",
      "Choose the automatic backend: it takes the fastest one that works here.",
    );
  }
}

async function startBest(onLost: (why: string) => void): Promise<BackendReport> {
  const refusals: string[] = [];
  for (const name of PREFERENCE) {
    try {
      const { device } = await STARTERS[name]({ acceptSoftware: false, onLost });
      const others = refusals.length === 0 ? "" : `; ${refusals.join("; ")}`;
      return { name, device, reason: `It is the fastest that works here${others}.` };
    } catch (error) {
      refusals.push(`${BACKENDS[name].label}: ${reasonOf(error)}`);
    }
  }
  throw new BackendError(
    `No backend works here. ${refusals.join("; ")}.`,
    "Your settings are as they were.",
    "Try a current version of Chrome, Edge, Firefox or Safari.",
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof UnavailableError) return error.message;
  return `it failed to start (${error instanceof Error ? error.message : String(error)})`;
}
