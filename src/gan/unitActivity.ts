/** How active the units of a layer are, tallied batch by batch. Pure: it knows numbers, and not layers or tensors. */

/**
 * A unit is one output of a dense layer, or one channel of a convolution, which looks for the same thing everywhere. One that
 * is never positive is silent: behind a ReLU it says nothing and learns nothing (Maas, Hannun and Ng 2013, section 2).
 */
export class UnitActivity {
  readonly #spoke: Uint8Array;
  #count = 0;
  #sum = 0;
  #squares = 0;

  constructor(units: number) {
    this.#spoke = new Uint8Array(units);
  }

  get units(): number {
    return this.#spoke.length;
  }

  /** Takes in what a layer made, [batch, …, units]. */
  add(values: Float32Array): void {
    const { units } = this;
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? 0;
      this.#sum += value;
      this.#squares += value * value;
      if (value > 0) this.#spoke[index % units] = 1;
    }
    this.#count += values.length;
  }

  /** Of all numbers so far; NaN of none. */
  get mean(): number {
    return this.#sum / this.#count;
  }

  /** Their standard deviation. */
  get deviation(): number {
    return Math.sqrt(Math.max(0, this.#squares / this.#count - this.mean ** 2));
  }

  /** How many units were never positive. */
  get silent(): number {
    return this.#spoke.reduce((silent, spoke) => silent + (1 - spoke), 0);
  }
}
