/** A fully connected layer's arithmetic, and its portable twin. It must not know where its weights come from. */
import { add, matMul, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { fused } from "../kernels.ts";
import { activate, type Activation } from "./activations.ts";

/**
 * activation(x · kernel + bias): [batch, inputs] × [inputs, units] + [units] → [batch, units]. Its gradients are those of
 * the operations it is made of, each computed only where it is asked for.
 */
export function dense(x: Tensor2D, kernel: Tensor2D, bias: Tensor | null, activation: Activation): Tensor {
  const inputs = { x, kernel, ...(bias === null ? {} : { bias }) };
  const output = fused("DuelDense", inputs, { activation, hasBias: bias !== null });
  if (output !== null) return output;
  const product = matMul(x, kernel); // [batch, units]
  return activate(bias === null ? product : add(product, bias), activation);
}
