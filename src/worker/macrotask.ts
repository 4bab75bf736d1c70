/** A way to let other tasks of the worker run, such as the receipt of messages, without waiting longer than that. */

/**
 * A function whose promise resolves in a task of its own. A message channel does it at once, where setTimeout would wait
 * 4 ms: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timer-initialisation-steps (step on nesting).
 */
export function createMacrotask(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
