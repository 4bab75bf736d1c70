/** The optimisers a config can name, each with its state. It must not know which network they move. */
import { dispose, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { advanceAdam, applyAdam, initAdam, type AdamState } from "../engine/optimizers/adam.ts";
import { advanceAdamw, applyAdamw, initAdamw, type AdamwState } from "../engine/optimizers/adamw.ts";
import { advanceLion, applyLion, initLion, type LionState } from "../engine/optimizers/lion.ts";
import { applyNesterov } from "../engine/optimizers/nesterov.ts";
import { advanceRmsprop, applyRmsprop, initRmsprop, type RmspropState } from "../engine/optimizers/rmsprop.ts";
import { advanceSgd, applySgd, initSgd, type SgdState } from "../engine/optimizers/sgd.ts";
import { invariant } from "../shared/invariant.ts";
import type { OptimizerConfig } from "./config.ts";

/** What an optimiser remembers between updates; it changes in place. */
export type OptimizerState =
  | ({ readonly type: "adam" } & AdamState)
  | ({ readonly type: "adamw" } & AdamwState)
  | ({ readonly type: "lion" } & LionState)
  | ({ readonly type: "rmsprop" } & RmspropState)
  | ({ readonly type: "sgd" | "nesterov" } & SgdState);

export function initOptimizer(type: OptimizerConfig["type"], parameters: readonly Variable[]): OptimizerState {
  switch (type) {
    case "adam":
      return { type, ...initAdam(parameters) };
    case "adamw":
      return { type, ...initAdamw(parameters) };
    case "lion":
      return { type, ...initLion(parameters) };
    case "rmsprop":
      return { type, ...initRmsprop(parameters) };
    case "sgd":
    case "nesterov":
      return { type, ...initSgd(parameters) };
    default:
      return type satisfies never;
  }
}

/** Counts one more update, with the settings of this moment: what the host does before `moveParameters`. */
export function advanceOptimizer(state: OptimizerState, settings: OptimizerConfig): void {
  switch (settings.type) {
    case "adam":
      invariant(state.type === settings.type, "the optimizer changed without a new run");
      advanceAdam(state, settings);
      break;
    case "adamw":
      invariant(state.type === settings.type, "the optimizer changed without a new run");
      advanceAdamw(state, settings);
      break;
    case "lion":
      invariant(state.type === settings.type, "the optimizer changed without a new run");
      advanceLion(state, settings);
      break;
    case "rmsprop":
      invariant(state.type === settings.type, "the optimizer changed without a new run");
      advanceRmsprop(state, settings);
      break;
    case "sgd":
    case "nesterov":
      invariant(state.type === settings.type, "the optimizer changed without a new run");
      advanceSgd(state, settings);
      break;
    default:
      settings satisfies never;
  }
}

/** Moves the parameters in place, by the settings that the optimiser was advanced with. */
export function moveParameters(
  state: OptimizerState,
  parameters: readonly Variable[],
  gradients: readonly Tensor[],
): void {
  switch (state.type) {
    case "adam":
      applyAdam(state, parameters, gradients);
      break;
    case "adamw":
      applyAdamw(state, parameters, gradients);
      break;
    case "lion":
      applyLion(state, parameters, gradients);
      break;
    case "rmsprop":
      applyRmsprop(state, parameters, gradients);
      break;
    case "sgd":
      applySgd(state, parameters, gradients);
      break;
    case "nesterov":
      applyNesterov(state, parameters, gradients);
      break;
    default:
      state satisfies never;
  }
}

export function disposeOptimizer(state: OptimizerState): void {
  state.live.dispose();
  if ("decay" in state) state.decay.dispose();
  if ("m" in state) dispose([...state.m]);
  if ("v" in state) dispose([...state.v]);
}
