/**
 * Several latents that go downhill at once, by Adam. Numbers stay on the host, so that nothing but images waits on the
 * device. It must not know what pulls them.
 */
import type { LatentVector } from "../../shared/latentSpace.ts";

/** Adam's usual numbers, and a step that crosses a latent's range in some tens of moves. */
const ADAM = { learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

export class LatentDescent {
  /** The latents as they are now, row by row, [count, size]. */
  readonly latents: LatentVector;
  readonly #size: number;
  /** How many numbers of a row move: those of classes stay. */
  readonly #moving: number;
  readonly #m: Float32Array;
  readonly #v: Float32Array;
  #steps = 0;

  constructor(latents: LatentVector, size: number, classes: number) {
    this.latents = latents;
    this.#size = size;
    this.#moving = size - classes;
    this.#m = new Float32Array(latents.length);
    this.#v = new Float32Array(latents.length);
  }

  get count(): number {
    return this.latents.length / this.#size;
  }

  /** A copy of one latent. */
  row(index: number): LatentVector {
    return this.latents.slice(index * this.#size, (index + 1) * this.#size);
  }

  /** One step against slopes of the latents' shape. */
  advance(slopes: Float32Array): void {
    this.#steps += 1;
    const { learningRate, beta1, beta2, epsilon } = ADAM;
    const [correction1, correction2] = [1 - beta1 ** this.#steps, 1 - beta2 ** this.#steps];
    slopes.forEach((slope, index) => {
      if (index % this.#size >= this.#moving) return;
      const m = (this.#m[index] = beta1 * (this.#m[index] ?? 0) + (1 - beta1) * slope);
      const v = (this.#v[index] = beta2 * (this.#v[index] ?? 0) + (1 - beta2) * slope * slope);
      const step = (learningRate * m) / correction1 / (Math.sqrt(v / correction2) + epsilon);
      this.latents[index] = (this.latents[index] ?? 0) - step;
    });
  }
}
