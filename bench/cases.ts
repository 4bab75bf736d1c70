/** Everything that is measured: presets, and who trains them on what. Adding a case is one line here. */
import { availableParallelism } from "node:os";
import type { SubjectName } from "./workers/contract.ts";

export const PRESET_IDS = ["mnist-mlp", "mnist-dcgan"] as const;

export const SUBJECTS: Readonly<Record<SubjectName, string>> = {
  duel: "Duel",
  tfjs: "TensorFlow.js 4.22",
  "jax-js": "jax-js 0.1.25",
  pytorch: "PyTorch",
};

export interface Case {
  readonly subject: SubjectName;
  readonly backend: string;
  /** Null where there are none to choose. */
  readonly threads: number | null;
  /** Whether its matrix products count for the machine's best. */
  readonly multiplies: boolean;
}

/** With `all` threads of the machine; where that is one, what differs in nothing else is left out. */
export function casesFor(all = availableParallelism()): readonly Case[] {
  const threads = all === 1 ? [1] : [1, all];
  const onThreads = (subject: SubjectName, backend: string): readonly Case[] =>
    threads.map((count) => ({ subject, backend, threads: count, multiplies: true }));
  return [
    { subject: "duel", backend: "webgpu", threads: null, multiplies: true },
    ...onThreads("duel", "simd"),
    { subject: "tfjs", backend: "webgpu", threads: null, multiplies: false },
    { subject: "tfjs", backend: "wasm", threads: all, multiplies: false },
    { subject: "jax-js", backend: "webgpu", threads: null, multiplies: false },
    { subject: "jax-js", backend: "wasm", threads: 1, multiplies: false },
    ...onThreads("pytorch", "cpu"),
  ];
}

/** Such as "Duel, simd, 2 threads". */
export function describeCase({ subject, backend, threads }: Case): string {
  const computing = threads === null ? [] : [threads === 1 ? "1 thread" : `${String(threads)} threads`];
  return [SUBJECTS[subject], backend, ...computing].join(", ");
}
