/** PyTorch's process: finds a Python that has it, and speaks with it in lines of JSON. */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fromRoot } from "../tools/root.ts";
import { SubjectError, type OpenSubject } from "./subjects.ts";
import type { BenchAnswer } from "./workers/contract.ts";

/** Another Python in PATH may hide the one that the system's packages are for. */
const INTERPRETERS = ["python3", "/usr/bin/python3"] as const;

export interface Python {
  readonly executable: string;
  readonly torchVersion: string;
}

/** The first Python that has PyTorch, or null. */
export function findPyTorch(): Python | null {
  for (const executable of INTERPRETERS) {
    const tried = spawnSync(executable, ["-c", "import torch; print(torch.__version__)"], { encoding: "utf8" });
    if (tried.status === 0) return { executable, torchVersion: tried.stdout.trim() };
  }
  return null;
}

/** Each subject is a process of its own, so that numbers of threads do not meet. Null is no Python with PyTorch. */
export function openPyTorch(python: Python | null): OpenSubject {
  return () => {
    if (python === null) throw new SubjectError("no Python here has PyTorch (Debian: python3-torch)");
    const child = spawn(python.executable, ["-u", fromRoot("bench/peers/pytorch.py")], {
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
