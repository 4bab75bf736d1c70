/** Numbers shifted and scaled to mean 0 and variance 1: what all normalisations share. */
import { add, customGrad, mean, mul, rsqrt, square, sub, type GradSaveFunc, type Tensor } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";

/** Added to variances, so that constant features do not divide by zero. */
export const EPSILON = 1e-5;

/**
 * (x − mean) / √(variance + ε) along one axis, with the biased variance. Can be differentiated twice. `observe` is shown the
 * mean and the variance once, keepdims; they are freed afterwards.
 */
export function standardize<Shaped extends Tensor>(
  x: Shaped,
  axis: number,
  observe?: (mean: Tensor, variance: Tensor) => void,
): Shaped {
  const standardizeWithGradient = customGrad((input, save) => {
    const rows = input as Tensor;
    (save as GradSaveFunc)([rows]);
    const { centred, variance, mean } = moments(rows, axis);
    observe?.(mean, variance);
    return {
      value: mul(centred, inverseRoot(add(variance, EPSILON))),
      gradFunc: (dy: Tensor, saved: Tensor[]) => gradient(dy, present(saved[0], "the standardised input"), axis),
    };
  });
  return standardizeWithGradient(x) as Shaped;
}

function moments(x: Tensor, axis: number) {
  const average = mean(x, axis, true);
  const centred = sub(x, average);
  return { mean: average, centred, variance: mean(square(centred), axis, true) };
}

/** With x̂ the standardised input and s the deviation: dx = (dy − mean(dy) − x̂ · mean(dy · x̂)) / s. */
function gradient(dy: Tensor, x: Tensor, axis: number): Tensor {
  const { centred, variance } = moments(x, axis);
  const scale = inverseRoot(add(variance, EPSILON));
  const standardized = mul(centred, scale);
  const along = mul(standardized, mean(mul(dy, standardized), axis, true));
  return mul(scale, sub(sub(dy, mean(dy, axis, true)), along));
}

/** x to the power −½, with a slope, −½ x to the power −3⁄2, by operations that every backend records. */
const inverseRoot: (x: Tensor) => Tensor = customGrad((x, save) => {
  (save as GradSaveFunc)([x as Tensor]);
  return {
    value: rsqrt(x as Tensor),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const root = inverseRoot(present(saved[0], "the variance"));
      return mul(dy, mul(mul(root, square(root)), -0.5));
    },
  };
});
