/** The backends Duel can train on: a plain table. It must not load or start any of them; backend.ts does. */

export const BACKENDS = {
  webgpu: { label: "WebGPU", help: "Your graphics card, through the newest interface that browsers have to it." },
  webgl: { label: "WebGL", help: "Your graphics card, through the older drawing interface." },
  simd: { label: "SIMD", help: "Your processor, with vector instructions in WebAssembly." },
  cpu: { label: "CPU", help: "Your processor, in plain JavaScript: slow, and right everywhere." },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly help: string }>>;

export type BackendName = keyof typeof BACKENDS;
/** What a person can ask for: a backend, or the best one that works here. */
export type BackendChoice = "auto" | BackendName;

export function isBackendChoice(value: unknown): value is BackendChoice {
  return value === "auto" || (typeof value === "string" && Object.hasOwn(BACKENDS, value));
}

/** The backend that runs, and why it was taken. */
export interface BackendReport {
  readonly name: BackendName;
  /** The adapter or processor in words, such as "apple m2" or "2 threads". */
  readonly device: string;
  /** One sentence: why this one and no faster one. */
  readonly reason: string;
}
