/** For tests: derivatives by differences, to hold gradients to. It must not know what is differentiated. */
import { add, div, mul, norm, sum, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { normal } from "../shared/random.ts";

/** Float32 leaves about 1e-5 of noise in a quotient, as does the fifth derivative; wrong formulas are off by percents. */
const STEP = 0.02;
/** Digits after the point to which a gradient agrees with its quotient. */
export const DIGITS = 3;

/** Normal numbers of that shape; another `draw` gives others. */
export function draw(draw: number, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return tensor(normal({ seed: 7, stream: "samples", draw }, size), [...shape]);
}

/** A direction of length one, so that a step along it is as long as it says. */
export function drawDirection(key: number, shape: readonly number[]): Tensor {
  return tidy(() => {
    const direction = draw(key, shape);
    return div(direction, norm(direction));
  });
}

/** The derivative of f along a direction by differences of the fourth order. */
export function derivative(f: (at: Tensor) => Tensor, at: Tensor, direction: Tensor): number {
  const value = (step: number) => tidy(() => f(add(at, mul(direction, step))).dataSync()[0] ?? NaN);
  return (8 * (value(STEP) - value(-STEP)) - (value(2 * STEP) - value(-2 * STEP))) / (12 * STEP);
}

/** The same of a function of the step along it, whose values may have to be waited for. */
export async function differenceAround(value: (step: number) => Promise<number>): Promise<number> {
  const near = (await value(STEP)) - (await value(-STEP));
  const far = (await value(2 * STEP)) - (await value(-2 * STEP));
  return (8 * near - far) / (12 * STEP);
}

/** How much a gradient says that the value grows along a direction. */
export function along(gradient: Tensor, direction: Tensor): number {
  return tidy(() => sum(mul(gradient, direction)).dataSync()[0] ?? NaN);
}
