/** The page in which evaluators are made: starts the worker, and hands what it says to the tool. Nothing else happens here. */
import type { EvaluatorEvent, EvaluatorRequest } from "./workers/contract.ts";

declare global {
  interface Window {
    /** What the tool calls. */
    makeEvaluator?: (request: EvaluatorRequest) => void;
    /** What the tool has put there to be called. */
    onEvaluatorEvent?: (event: EvaluatorEvent) => void;
  }
}

window.makeEvaluator = (request) => {
  const worker = new Worker(new URL("./workers/evaluator.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<EvaluatorEvent>) => {
    window.onEvaluatorEvent?.(data);
  };
  worker.onerror = ({ message }) => {
    window.onEvaluatorEvent?.({ type: "failed", message });
  };
  worker.postMessage(request);
};
