/** Counter-based random numbers: a pure function of seed, stream and counter. It must not keep state or touch Math.random. */

/**
 * What a draw is for. Every purpose has a stream of its own, so that drawing more of one never shifts another.
 * The numbers are part of the format: a seed must mean the same run in every version.
 */
export const STREAMS = {
  initialWeights: 1,
  probe: 2,
  discriminatorLatents: 3,
  generatorLatents: 4,
  batches: 5,
  interpolation: 6,
  dropout: 7,
  samples: 8,
  discriminatorLabels: 9,
  generatorLabels: 10,
  labelFlips: 11,
  realNoise: 12,
  discriminatorNoise: 13,
  generatorNoise: 14,
  realAugmentation: 15,
  augmentation: 16,
  quality: 17,
  discriminatorAugmentation: 18,
  generatorAugmentation: 19,
  perturbation: 20,
  exploration: 32,
  guessing: 33,
  points: 48,
} as const;

export type Stream = keyof typeof STREAMS;

/** A stream of draws. `draw` counts whole tensors (the 7th batch of latents), so any one can be made again alone. */
export interface RandomKey {
  /** Unsigned 32-bit integer. */
  readonly seed: number;
  readonly stream: Stream;
  /** Which tensor of the stream, from 0. */
  readonly draw: number;
}

const MULTIPLIER = 1664525;
const INCREMENT = 1013904223;

/**
 * Four 32-bit words from four, by the hash pcg4d (Jarzynski and Olano 2020, "Hash Functions for GPU Rendering"), which is
 * short enough to say again in WGSL and in WebAssembly. Writes into `words` and returns nothing, to spare allocations.
 */
export function hashWords(words: Uint32Array, a: number, b: number, c: number, d: number): void {
  let x = (Math.imul(a, MULTIPLIER) + INCREMENT) | 0;
  let y = (Math.imul(b, MULTIPLIER) + INCREMENT) | 0;
  let z = (Math.imul(c, MULTIPLIER) + INCREMENT) | 0;
  let w = (Math.imul(d, MULTIPLIER) + INCREMENT) | 0;
  for (let round = 0; round < 2; round++) {
    x = (x + Math.imul(y, w)) | 0;
    y = (y + Math.imul(z, x)) | 0;
    z = (z + Math.imul(x, y)) | 0;
    w = (w + Math.imul(y, z)) | 0;
    if (round === 1) break;
    x ^= x >>> 16;
    y ^= y >>> 16;
    z ^= z >>> 16;
    w ^= w >>> 16;
  }
  words[0] = x;
  words[1] = y;
  words[2] = z;
  words[3] = w;
}

/** The two halves of a unit number: in [0, 1), 24 bits, so that it is exact in float32. */
function unit(word: number): number {
  return (word >>> 8) / 16777216;
}

/** `count` numbers in [0, 1). */
export function uniform(key: RandomKey, count: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  const words = new Uint32Array(4);
  for (let first = 0; first < count; first += 4) {
    hashWords(words, key.seed, STREAMS[key.stream], key.draw, first >>> 2);
    for (let lane = 0; lane < 4 && first + lane < count; lane++) values[first + lane] = unit(words[lane] ?? 0);
  }
  return values;
}

/** `count` standard normal numbers, by Box and Muller's transform on pairs of words. */
export function normal(key: RandomKey, count: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  const words = new Uint32Array(4);
  for (let first = 0; first < count; first += 4) {
    hashWords(words, key.seed, STREAMS[key.stream], key.draw, first >>> 2);
    for (let pair = 0; pair < 4; pair += 2) {
      // 1 − u lies in (0, 1], so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - unit(words[pair] ?? 0)));
      const angle = 2 * Math.PI * unit(words[pair + 1] ?? 0);
      if (first + pair < count) values[first + pair] = radius * Math.cos(angle);
      if (first + pair + 1 < count) values[first + pair + 1] = radius * Math.sin(angle);
    }
  }
  return values;
}
