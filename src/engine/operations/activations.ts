/**
 * Activations that can be differentiated any number of times. TensorFlow.js keeps the outputs of tanh and sigmoid for their
 * gradients, where a second differentiation loses them, and has no second gradient of leakyRelu: here every gradient is
 * computed from the input, by operations that have gradients of their own.
 */
import {
  customGrad,
  leakyRelu,
  mul,
  relu as tfRelu,
  sigmoid as tfSigmoid,
  square,
  step,
  sub,
  tanh as tfTanh,
  type GradSaveFunc,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";

/** What follows a layer's sum. Linear layers and normalisations take it along, so that one kernel can do both. */
export type Activation =
  | { readonly type: "linear" }
  | { readonly type: "reLU" }
  | { readonly type: "leakyReLU"; readonly alpha: number }
  | { readonly type: "tanh" }
  | { readonly type: "sigmoid" };

export const LINEAR: Activation = { type: "linear" };

/** The activation of a tensor of any shape, elementwise. */
export function activate(x: Tensor, activation: Activation): Tensor {
  switch (activation.type) {
    case "linear":
      return x;
    case "reLU":
      return reLU(x);
    case "leakyReLU":
      return leakyReLU(x, activation.alpha);
    case "tanh":
      return tanh(x);
    case "sigmoid":
      return sigmoid(x);
    default:
      return activation satisfies never;
  }
}

/** An elementwise function whose slope is computed from its input alone. */
function fromInput(value: (x: Tensor) => Tensor, slope: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  return customGrad((x, save) => {
    const saveInputs: GradSaveFunc = save as GradSaveFunc;
    saveInputs([x as Tensor]);
    return {
      value: value(x as Tensor),
      gradFunc: (dy: Tensor, saved: Tensor[]) => mul(dy, slope(present(saved[0], "the activation's input"))),
    };
  });
}

/** max(x, 0); its slope at 0 is 0. */
export const reLU = fromInput(tfRelu, (x) => step(x, 0));

/** x where positive, α·x elsewhere; its slope at 0 is α. */
export function leakyReLU(x: Tensor, alpha: number): Tensor {
  return fromInput(
    (input) => leakyRelu(input, alpha),
    (input) => step(input, alpha),
  )(x);
}

export const tanh: (x: Tensor) => Tensor = fromInput(tfTanh, (x) => sub(1, square(tanh(x))));

export const sigmoid: (x: Tensor) => Tensor = fromInput(tfSigmoid, (x) => {
  const y = sigmoid(x);
  return mul(y, sub(1, y));
});
