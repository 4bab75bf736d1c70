/** PyTorch's process: finds a Python that has it, and speaks with it in lines of JSON. */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fromRoot } from "../tools/root.ts";
import { SubjectError, type OpenSubject } from "./subjects.ts";
import type { BenchAnswer } from "./workers/contract.ts";

/** Another Python in PATH may hide the one that the system's packages are for. */
const INTERPRETERS = ["python3", "/usr/bin/python3"] as const;

const SCRIPT = fromRoot("bench/peers/pytorch.py");

export interface Python {
  readonly executable: string;
  readonly torchVersion: string;
  /** The library that multiplies its matrices; null where the system does not tell. */
  readonly blas: string | null;
}

/** The first Python that has PyTorch, or null. */
export function findPyTorch(): Python | null {
  for (const executable of INTERPRETERS) {
    const tried = spawnSync(executable, [SCRIPT, "describe"], { encoding: "utf8" });
    if (tried.status !== 0) continue;
    const { version, blas } = JSON.parse(tried.stdout) as { readonly version: string; readonly blas: string | null };
    return { executable, torchVersion: version, blas };
  }
  return null;
}

/** Debian's python3-torch brings this one where no other is installed: right, and some ten times slower than others. */
const REFERENCE_BLAS = "/blas/libblas.so";

/** One line: which PyTorch is compared with, and whether it is at its best. */
export function describePython(python: Python | null): string {
  if (python === null) return "No Python here has PyTorch (Debian: python3-torch, libopenblas0).";
  const { executable, torchVersion, blas } = python;
  const line = `PyTorch ${torchVersion} of ${executable}, matrix products by ${blas ?? "an unknown library"}.`;
  if (blas?.includes(REFERENCE_BLAS) !== true) return line;
  return `${line} That library is the slow reference: install another (Debian: libopenblas0) for a fair comparison.`;
}

/** Each subject is a process of its own, so that numbers of threads do not meet. Null is no Python with PyTorch. */
export function openPyTorch(python: Python | null): OpenSubject {
  return () => {
    if (python === null) throw new SubjectError("no Python here has PyTorch (Debian: python3-torch, libopenblas0)");
    const child = spawn(python.executable, ["-u", SCRIPT], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const answers: ((answer: BenchAnswer) => void)[] = [];
    createInterface(child.stdout).on("line", (line) => answers.shift()?.(JSON.parse(line) as BenchAnswer));
    child.on("close", () => {
      for (const answer of answers.splice(0)) answer({ type: "failed", message: "Python has ended." });
    });
    return Promise.resolve({
      ask: (request) =>
        new Promise<BenchAnswer>((resolve) => {
          answers.push(resolve);
          child.stdin.write(`${JSON.stringify(request)}\n`);
        }),
      close: () => {
        child.kill();
        return Promise.resolve();
      },
    });
  };
}
