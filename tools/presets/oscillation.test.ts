/** What the doctor says of the players that circle, and of those that are damped: both trained here, through the worker's run loop. */
import { beforeAll, expect, test } from "vitest";
import { openDataSource } from "../../src/data/loader.ts";
import { startBackend } from "../../src/engine/backend.ts";
import { checkParity } from "../../src/gan/parity.ts";
import { presetById } from "../../src/gan/presets/index.ts";
import { present } from "../../src/shared/invariant.ts";
import type { Signs } from "../../src/state/doctor/rule.ts";
import { RULES } from "../../src/state/doctor/rules.ts";
import { healthy } from "../../src/state/doctor/rules/healthy.ts";
import { recentScores } from "../../src/worker/history.ts";
import type { WorkerEvent } from "../../src/worker/protocol.ts";
import { RunLoop } from "../../src/worker/runLoop.ts";
import { thin } from "../../src/worker/thinning.ts";
import { RunReader, type Channel } from "../cli/runReader.ts";

/** Eight swings of the lead, of some 314 steps each. */
const STEPS = 2500;

beforeAll(async () => {
  await startBackend("simd");
});

/** A session with a worker that runs here, not in a browser. */
function openSession(): Channel {
  const events: WorkerEvent[] = [];
  const loop = new RunLoop({
    post: (event) => {
      events.push(event);
    },
    startBackend,
    openDataSource: (named) => openDataSource(named, ""),
    openEvaluator: () => Promise.resolve(null),
    checkParity,
    now: () => performance.now(),
    yieldToMessages: () => new Promise((resolve) => setTimeout(resolve, 0)),
  });
  void loop.serve();
  return {
    send: (command) => {
      loop.receive(command);
      return Promise.resolve();
    },
    next: async () => {
      for (;;) {
        const event = events.shift();
        if (event !== undefined) return event;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
  };
}

async function signsOf(id: string): Promise<Signs> {
  const { config } = present(presetById(id), id);
  const session = openSession();
  const reader = new RunReader(session, id, () => null);
  await session.send({ type: "configure", run: id, config, backend: "simd" });
  await reader.until("ready");
  await session.send({ type: "train", run: id, untilStep: STEPS });
  await reader.untilStopped();
  const history = await reader.history();
  await session.send({ type: "dispose", run: id });
  const unknown = { quality: null, variety: null, modes: null, deadUnits: null };
  return { config, step: STEPS, history: thin(history), recent: recentScores(history), diverged: false, ...unknown };
}

/** Titles of the rules whose level is at least that. */
function found(signs: Signs, level: number): readonly string[] {
  return RULES.filter(({ examine }) => (examine(signs)?.level ?? 0) >= level).map(({ title }) => title);
}

test("linear players without damping are found to go in circles, and nothing else", async () => {
  expect(found(await signsOf("failure-oscillation"), 1)).toEqual(["Going in circles"]);
});

test("with R1 they are healthy", async () => {
  const signs = await signsOf("cure-r1-damping");
  // Below 0.7 every diagnosis would end.
  expect(found(signs, 0.7)).toEqual([]);
  expect(healthy.examine(signs)).not.toBeNull();
});
