import { expect, test } from "vitest";
import { DEFAULT_CONFIG } from "../src/gan/config.ts";
import type { Case } from "./cases.ts";
import { measure } from "./measure.ts";
import { SubjectError, type OpenSubject } from "./subjects.ts";
import type { BenchAnswer, BenchRequest } from "./workers/contract.ts";

const WEBGPU: Case = { subject: "duel", backend: "webgpu", threads: null, multiplies: true };
const WASM: Case = { subject: "tfjs", backend: "wasm", threads: 2, multiplies: false };

const QUICK = { rounds: 3, seconds: 600, onProgress: () => undefined } as const;

interface Script {
  /** Milliseconds of every step, after warming up. */
  readonly stepMilliseconds: number;
  readonly log?: string[];
}

/** A subject that claims a time for its steps: 7 dispatches in one submit each, and 2 submits to read the losses. */
function scripted({ stepMilliseconds, log = [] }: Script): OpenSubject {
  return ({ backend }) => {
    const answer = (request: BenchRequest): BenchAnswer => {
      switch (request.type) {
        case "start":
          return { type: "started", device: "a test", onProcessor: true };
        case "product":
          return { type: "product", milliseconds: request.size };
        case "profile":
          return { type: "profile", commands: [] };
        case "burst": {
          const { steps } = request;
          log.push(`${backend} ${String(steps)}`);
          const calls =
            request.counts !== true ? null : { dispatches: 7 * steps, submits: steps + 2, buffers: 2, bindGroups: 0 };
          const milliseconds = stepMilliseconds * steps;
          const javascriptMilliseconds = backend === "webgpu" ? 1 : null;
          return { type: "burst", steps, milliseconds, javascriptMilliseconds, calls, losses: [1, 1] };
        }
      }
    };
    return Promise.resolve({
      ask: (request) => Promise.resolve(answer(request)),
      close: () => {
        log.push(`${backend} closed`);
        return Promise.resolve();
      },
    });
  };
}

test("a step's time is its share of a turn, and its calls leave out those of reading", async () => {
  const [measurement] = await measure(DEFAULT_CONFIG, [WEBGPU], scripted({ stepMilliseconds: 40 }), QUICK);
  expect(measurement?.note).toBe("");
  expect(measurement?.result).toMatchObject({
    turns: 3,
    stepMilliseconds: 40,
    leastStepMilliseconds: 40,
    javascriptMilliseconds: 1,
    calls: { dispatches: 7, submits: 1, buffers: 0, bindGroups: 0 },
  });
  // 2 · 256³ operations in 256 ms, after which larger ones would take too long.
  expect(measurement?.result?.productFlops).toBeCloseTo(2 * 256 ** 2 * 1000);
});

test("subjects take turns of about a second after a step that does not count, and a graphics card's steps are issued one by one", async () => {
  const log: string[] = [];
  await measure(DEFAULT_CONFIG, [WEBGPU, WASM], scripted({ stepMilliseconds: 250, log }), { ...QUICK, rounds: 2 });
  const webgpu = ["webgpu 1", "webgpu 4", ...Array.from({ length: 7 }, () => "webgpu 1")];
  const wasm = ["wasm 1", "wasm 4"];
  expect(log.slice(-24)).toEqual([...webgpu, ...wasm, ...webgpu, ...wasm, "webgpu closed", "wasm closed"]);
});

test("a subject slower than 30 s a step is timed once, which is said", async () => {
  const log: string[] = [];
  const [measurement] = await measure(DEFAULT_CONFIG, [WASM], scripted({ stepMilliseconds: 31_000, log }), QUICK);
  expect(measurement?.result).toMatchObject({ turns: 1, stepMilliseconds: 31_000 });
  expect(measurement?.note).toContain("timed once");
  expect(log).toEqual(["wasm 1", "wasm 1", "wasm 1", "wasm closed"]);
});

test("a subject whose time is up takes no further turns", async () => {
  const open = scripted({ stepMilliseconds: 20_000 });
  const [measurement] = await measure(DEFAULT_CONFIG, [WASM], open, { ...QUICK, seconds: 10 });
  expect(measurement?.result?.turns).toBe(1);
  expect(measurement?.note).toContain("after 1 of 3 turns");
});

test("a subject that cannot run has no result, and the others go on", async () => {
  const open: OpenSubject = (opened) => {
    if (opened === WASM) throw new SubjectError("it has no kernels");
    return scripted({ stepMilliseconds: 40 })(opened);
  };
  const [first, second] = await measure(DEFAULT_CONFIG, [WASM, WEBGPU], open, QUICK);
  expect(first).toMatchObject({ result: null, note: "it has no kernels" });
  expect(second?.result?.turns).toBe(3);
});

test("a subject that does not answer is given up and closed", async () => {
  let closed = false;
  const open: OpenSubject = () =>
    Promise.resolve({
      ask: () => new Promise(() => undefined),
      close: () => {
        closed = true;
        return Promise.resolve();
      },
    });
  const [measurement] = await measure(DEFAULT_CONFIG, [WASM], open, { ...QUICK, patience: 10 });
  expect(measurement?.result).toBeNull();
  expect(measurement?.note).toContain("no answer");
  expect(closed).toBe(true);
});

test("a defect of the benchmark itself is not taken for a subject's", async () => {
  const open: OpenSubject = () => Promise.reject(new TypeError("a defect"));
  await expect(measure(DEFAULT_CONFIG, [WASM], open, QUICK)).rejects.toThrow("a defect");
});
