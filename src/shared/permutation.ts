/** A keyed permutation of 0 … length − 1 that is computed, not stored. It knows nothing of what is being permuted. */
import { hashWords, STREAMS } from "./random.ts";

const ROUNDS = 4;

/**
 * Where `index` lands under the permutation that `seed` and `epoch` choose: a Feistel network over the smallest even
 * number of bits that covers `length`, walked until it falls inside (Black and Rogaway 2002, "cycle-walking").
 */
export function permute(index: number, length: number, seed: number, epoch: number): number {
  if (length < 2) return 0;
  const halfBits = Math.ceil((32 - Math.clz32(length - 1)) / 2);
  const mask = 2 ** halfBits - 1;
  const words = new Uint32Array(4);
  let position = index;
  do {
    let left = position >>> halfBits;
    let right = position & mask;
    for (let round = 0; round < ROUNDS; round++) {
      hashWords(words, seed, STREAMS.batches, epoch, right * ROUNDS + round);
      [left, right] = [right, (left ^ (words[0] ?? 0)) & mask];
    }
    position = ((left << halfBits) | right) >>> 0;
  } while (position >= length);
  return position;
}
