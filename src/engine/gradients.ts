/** Gradients of an objective by reverse differentiation. It knows tensors; it must not know networks or losses. */
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import {
  clone,
  concat,
  customGrad,
  dispose,
  keep,
  ones,
  sqrt,
  square,
  stack,
  sum,
  valueAndGrad,
  variableGrads,
  zeros,
  zerosLike,
  type Scalar,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import { present } from "../shared/invariant.ts";
import { fused } from "./kernels.ts";

export interface Differentiated {
  /** One gradient a parameter, in the parameters' order and shapes. */
  readonly gradients: readonly Tensor[];
  /** What the objective handed out beside itself, in its order. */
  readonly measured: readonly (Tensor | undefined)[];
}

/**
 * The gradients of a scalar by some parameters, all others held constant, and whatever else its computation wants to
 * hand out. Call it within a tidy.
 */
export function differentiate(
  compute: () => { readonly objective: Scalar; readonly measured: readonly (Tensor | undefined)[] },
  parameters: readonly Variable[],
): Differentiated {
  let kept: readonly (Tensor | undefined)[] = [];
  const { value, grads } = variableGrads(() => {
    const { objective, measured } = compute();
    // What is not the objective would be freed with the tape.
    kept = measured.map((tensor) => tensor && keep(clone(tensor)));
    return objective;
  }, [...parameters]);
  value.dispose();
  const measured = kept.map((tensor) => tensor && clone(tensor));
  dispose(kept.filter((tensor) => tensor !== undefined));
  // A parameter that the objective does not depend on has no entry.
  const found: Readonly<Record<string, Tensor | null>> = grads;
  return { gradients: parameters.map((parameter) => found[parameter.name] ?? zerosLike(parameter)), measured };
}

/**
 * The values of a function, [batch, width], and the gradient of the first one of each row by its own input, [batch, …]. Both
 * can be differentiated once more when this runs inside `differentiate`.
 */
export function valuesAndSlopes<Input extends Tensor>(
  compute: (input: Input) => Tensor,
  input: Input,
  width = 1,
): { readonly values: Tensor; readonly slopes: Input } {
  const batch = present(input.shape[0], "the batch dimension");
  const first = ones([batch, 1]);
  const chosen = width === 1 ? first : concat([first, zeros([batch, width - 1])], 1);
  const { value, grad } = valueAndGrad(compute)(input, chosen);
  return { values: value, slopes: grad };
}

/**
 * The tensor itself, within `differentiate`: `listen` is lent the gradient by it when that is computed, and changes nothing.
 * Without a listener there is nothing to hear, and no operation of its own.
 */
export function overheard(tensor: Tensor, listen: ((slopes: Tensor) => void) | undefined): Tensor {
  if (listen === undefined) return tensor;
  const passOn = (slopes: Tensor): Tensor => {
    listen(slopes);
    return slopes;
  };
  return customGrad((x) => ({ value: clone(x as Tensor), gradFunc: passOn }))(tensor);
}

/** The Euclidean norm of all gradients taken together, a scalar. */
export function gradientNorm(gradients: readonly Tensor[]): Scalar {
  const inputs = Object.fromEntries(gradients.map((gradient, order) => [`g${order}`, gradient]));
  const norm = fused("DuelGradientNorm", inputs, {});
  if (norm !== null) return norm as Scalar;
  // Not addN: on WebGPU it binds every tensor at once, and silently adds nonsense beyond eight buffers.
  return sqrt(sum(stack(gradients.map((gradient) => sum(square(gradient))))));
}
