/** The client against a worker that is only pretended: what it passes on, what it drops, and how it tells of trouble. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DEFAULT_CONFIG } from "../gan/config.ts";
import { createTrainingClient } from "./client.ts";
import type { TrainingClient } from "./client.ts";
import type { Command, WorkerEvent } from "./protocol.ts";

/** The part of a Worker that the client uses. */
class PretendedWorker {
  onmessage: ((message: { data: WorkerEvent }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  terminated = false;
  readonly received: Command[] = [];
  readonly transferred: Transferable[] = [];

  postMessage(command: Command, transfer: Transferable[] = []): void {
    this.received.push(command);
    this.transferred.push(...transfer);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(event: WorkerEvent): void {
    this.onmessage?.({ data: event });
  }
  crash(message: string): void {
    this.onerror?.({ message, preventDefault: () => undefined });
  }
}

let workers: PretendedWorker[];
let client: TrainingClient;
let heard: WorkerEvent[];

function currentWorker(): PretendedWorker {
  const worker = workers.at(-1);
  if (worker === undefined) throw new Error("The client has started no worker.");
  return worker;
}

function configure(run: string): void {
  client.send({ type: "configure", run, config: DEFAULT_CONFIG, backend: "cpu" });
}

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  heard = [];
  client = createTrainingClient(() => {
    const worker = new PretendedWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  client.subscribe((event) => heard.push(event));
});

afterEach(() => {
  client.dispose();
  vi.useRealTimers();
});

describe("the client", () => {
  test("drops events of an older run and passes on those of the current one and of none", () => {
    configure("first");
    configure("second");
    currentWorker().say({ type: "started", run: "first" });
    currentWorker().say({ type: "started", run: "second" });
    currentWorker().say({ type: "pong" });
    expect(heard).toEqual([{ type: "started", run: "second" }, { type: "pong" }]);
  });

  test("hands over the numbers in a question", () => {
    const values = new Float32Array(4);
    const question = { kind: "given", values, count: 2 } as const;
    client.send({ type: "ask", run: "a", request: 1, asked: { name: "render", question } });
    expect(currentWorker().transferred).toEqual([values.buffer]);
  });

  test("reports a worker that died, ends it, and goes on saying so until it is restarted", () => {
    configure("a");
    currentWorker().crash("out of memory");
    expect(currentWorker().terminated).toBe(true);
    client.send({ type: "train", run: "a" });
    expect(heard).toHaveLength(2);
    for (const event of heard) expect(event).toMatchObject({ type: "failed", run: "a", code: "workerCrashed" });
    expect(heard[0]).toHaveProperty("message", expect.stringContaining("out of memory"));

    client.restart();
    configure("b");
    expect(workers).toHaveLength(2);
    expect(currentWorker().received).toMatchObject([{ type: "configure", run: "b" }]);
  });

  test("takes a message that cannot be read for a crash", () => {
    currentWorker().onmessageerror?.();
    expect(heard).toMatchObject([{ type: "failed", code: "workerCrashed" }]);
  });

  test("hears nothing more from a worker that was replaced", () => {
    configure("a");
    const old = currentWorker();
    client.restart();
    configure("a");
    old.say({ type: "started", run: "a" });
    old.crash("too late");
    expect(old.terminated).toBe(true);
    expect(heard).toEqual([]);
  });

  test("says when the worker has not answered for 30 seconds, and when it answers again", () => {
    vi.advanceTimersByTime(30_000);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(5_000);
    expect(heard).toEqual([{ type: "unresponsive", seconds: 30 }]);
    currentWorker().say({ type: "pong" });
    expect(heard.slice(1)).toEqual([{ type: "unresponsive", seconds: 0 }, { type: "pong" }]);
  });

  test("is content with a worker that answers its pings", () => {
    for (let second = 0; second < 120; second += 5) {
      vi.advanceTimersByTime(5_000);
      currentWorker().say({ type: "pong" });
    }
    expect(currentWorker().received).toHaveLength(24);
    expect(heard.every((event) => event.type === "pong")).toBe(true);
  });

  test("stops telling whoever has unsubscribed", () => {
    const listener = vi.fn();
    client.subscribe(listener)();
    currentWorker().say({ type: "pong" });
    expect(listener).not.toHaveBeenCalled();
  });

  test("leaves no timer behind when it is disposed", () => {
    client.dispose();
    expect(currentWorker().terminated).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
