/** The optimisers a config can name, each with its state. It must not know which network they move. */
import { dispose, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { initAdam, updateAdam, type AdamState } from "../engine/optimizers/adam.ts";
import { initRmsprop, updateRmsprop, type RmspropState } from "../engine/optimizers/rmsprop.ts";
import { initSgd, updateSgd, type SgdState } from "../engine/optimizers/sgd.ts";
import { invariant } from "../shared/invariant.ts";
import type { OptimizerConfig } from "./config.ts";

/** What an optimiser remembers between updates; it changes in place. */
export type OptimizerState =
  | ({ readonly type: "adam" } & AdamState)
  | ({ readonly type: "rmsprop" } & RmspropState)
  | ({ readonly type: "sgd" } & SgdState);

export function initOptimizer(type: OptimizerConfig["type"], parameters: readonly Variable[]): OptimizerState {
  switch (type) {
    case "adam":
      return { type, ...initAdam(parameters) };
    case "rmsprop":
      return { type, ...initRmsprop(parameters) };
    case "sgd":
      return { type, ...initSgd(parameters) };
    default:
      return type satisfies never;
  }
}

/** One update of the parameters in place, with the settings of this moment. */
export function updateParameters(
  state: OptimizerState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
  settings: OptimizerConfig,
): void {
  switch (settings.type) {
    case "adam":
      invariant(state.type === settings.type, "the optimizer changed without a new run");
      updateAdam(state, parameters, gradients, settings);
      break;
    case "rmsprop":
      invariant(state.type === settings.type, "the optimizer changed without a new run");
      updateRmsprop(state, parameters, gradients, settings);
      break;
    case "sgd":
      invariant(state.type === settings.type, "the optimizer changed without a new run");
      updateSgd(state, parameters, gradients, settings);
      break;
    default:
      settings satisfies never;
  }
}

export function disposeOptimizer(state: OptimizerState): void {
  if (state.type === "adam") dispose([...state.m, ...state.v]);
  else dispose([...(state.type === "rmsprop" ? state.v : state.m)]);
}
