/** Random class labels by key, and their portable twin. It must not know what the classes are. */
import { tensor2d, type Tensor2D } from "@tensorflow/tfjs-core";
import { uniform } from "../../shared/random.ts";
import { drawn } from "../kernels.ts";
import type { LiveRandomKey } from "./randomDraws.ts";

/** `count` classes, each as likely as any other, as rows with a 1 at the class and 0 elsewhere, [count, classes]. */
export function randomLabels({ stream, live }: LiveRandomKey, count: number, classes: number): Tensor2D {
  const shape: [number, number] = [count, classes];
  const fill = (values: Float32Array) => {
    const draws = uniform({ stream, ...live.values }, count);
    values.fill(0);
    // A draw is below 1 by 2⁻²⁴ at least, so that no class is past the last.
    for (const [row, draw] of draws.entries()) values[row * classes + Math.floor(draw * classes)] = 1;
  };
  const onDevice = drawn("DuelRandomLabels", { stream, shape, live }) ?? drawn("DuelHostNumbers", { shape, fill });
  if (onDevice !== null) return onDevice as Tensor2D;
  const values = new Float32Array(count * classes);
  fill(values);
  return tensor2d(values, shape);
}
