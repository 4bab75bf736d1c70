// The module's entry for several threads: shares the tasks of a command among them.
import {
  COMMAND_WORDS,
  CURRENT,
  FINISHED,
  GENERATION,
  LIST_RUNS,
  OWNER_MAY_WAIT,
  OWNER_WAITS,
  SLEEPERS,
  STOP,
  THREADS,
  TICKET_BYTES,
  TICKETS,
} from "../opcodes";
import { perform, performAlone } from "./index";

export { performAlone, performListAlone } from "./index";

/** How often an idle thread looks before it sleeps: about 20 µs, longer than most gaps between two commands. */
const SPINS: i32 = 20000;
/** The same while a list runs: longer than what one thread performs alone, so that nobody has to be woken between. */
const LIST_SPINS: i32 = 200000;

/** Performs commands that lie one after the other, each together with the threads that serve. */
export function performListShared(list: usize, count: i32): void {
  atomic.store<i32>(LIST_RUNS, 1);
  for (let index = 0; index < count; index++) {
    const command = list + (<usize>(index * COMMAND_WORDS) << 2);
    if (load<i32>(command, 4) > 1) performShared(command);
    else performAlone(command);
  }
  atomic.store<i32>(LIST_RUNS, 0);
}

/** Performs a command together with whatever threads are serving, and returns when all of it is done. */
export function performShared(command: usize): void {
  const tasks = load<i32>(command, 4);
  atomic.store<i32>(FINISHED, 0);
  atomic.store<u32>(CURRENT, <u32>command);
  const generation = atomic.load<i32>(GENERATION) + 1;
  shareTasks(generation, tasks);
  atomic.store<i32>(GENERATION, generation);
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(GENERATION, -1);
  takeTasks(generation, 0);
  for (let spin = 0; spin < SPINS; spin++) if (atomic.load<i32>(FINISHED) == tasks) return;
  const mayWait = load<i32>(OWNER_MAY_WAIT) != 0;
  atomic.store<i32>(OWNER_WAITS, 1);
  for (;;) {
    const finished = atomic.load<i32>(FINISHED);
    if (finished == tasks) break;
    if (mayWait) atomic.wait<i32>(FINISHED, finished, -1);
  }
  atomic.store<i32>(OWNER_WAITS, 0);
}

/** The life of a helping thread: waits for commands, takes tasks, until told to stop. */
export function serve(thread: i32): void {
  let seen = 0;
  while (atomic.load<i32>(STOP) == 0) {
    let generation = atomic.load<i32>(GENERATION);
    for (let spin = 0; generation == seen && spin < patience(); spin++) generation = atomic.load<i32>(GENERATION);
    if (generation == seen) {
      atomic.add<i32>(SLEEPERS, 1);
      atomic.wait<i32>(GENERATION, seen, -1);
      atomic.sub<i32>(SLEEPERS, 1);
      continue;
    }
    seen = generation;
    takeTasks(generation, thread);
  }
}

// @ts-ignore: decorator
@inline
function patience(): i32 {
  return atomic.load<i32>(LIST_RUNS) != 0 ? LIST_SPINS : SPINS;
}

/**
 * Gives every thread a share of the tasks, in order. Tasks of one number mostly touch the same memory from command to command,
 * which is then still in the caches of the thread that had them before.
 */
function shareTasks(generation: i32, tasks: i32): void {
  const threads = load<i32>(THREADS);
  for (let thread = 0; thread < threads; thread++) {
    const first = (tasks * thread) / threads;
    const end = (tasks * (thread + 1)) / threads;
    atomic.store<u64>(ticketAt(thread), (<u64>(<u32>generation) << 32) | (<u64>end << 16) | <u64>first);
  }
}

// @ts-ignore: decorator
@inline
function ticketAt(thread: i32): usize {
  return TICKETS + <usize>(thread * TICKET_BYTES);
}

/** Takes tasks of one generation until none is left: of the thread's own share, then what others have not begun. */
function takeTasks(generation: i32, thread: i32): void {
  const threads = load<i32>(THREADS);
  for (let index = 0; index < threads; index++) takeShare(generation, ticketAt((thread + index) % threads), thread);
}

/**
 * Takes tasks of one share until none is left. The ticket holds the generation beside the tasks, so a thread that comes late
 * can neither take a task of a finished command nor misread the next one's. Once it has a task, the command stays until that
 * is done.
 */
function takeShare(generation: i32, ticketPlace: usize, thread: i32): void {
  for (;;) {
    const ticket = atomic.load<u64>(ticketPlace);
    if (<i32>(ticket >> 32) != generation) return;
    const task = <i32>(ticket & 0xffff);
    if (task >= <i32>((ticket >> 16) & 0xffff)) return;
    if (atomic.cmpxchg<u64>(ticketPlace, ticket, ticket + 1) != ticket) continue;
    perform(<usize>atomic.load<u32>(CURRENT), task, thread);
    atomic.add<i32>(FINISHED, 1);
    if (thread != 0 && atomic.load<i32>(OWNER_WAITS) != 0) atomic.notify(FINISHED, 1);
  }
}
