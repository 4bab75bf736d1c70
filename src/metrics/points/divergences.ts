/** How far two sets of counts over the same cells are from one distribution, in bits. It must not know what was counted. */
import { invariant } from "../../shared/invariant.ts";

/** Added to every count, so that an empty cell is rare and not impossible (Krichevsky and Trofimov 1981). */
const PSEUDO_COUNT = 0.5;

/**
 * KL(p ‖ q), in bits: 0 for equal counts, large where q leaves out what p has (Kullback and Leibler 1951). Every cell counts
 * half a point more than was seen, without which one empty cell would make it infinite.
 */
export function klDivergence(p: Float64Array, q: Float64Array): number {
  invariant(p.length === q.length, "counts over different cells");
  const [left, right] = [shares(p, PSEUDO_COUNT), shares(q, PSEUDO_COUNT)];
  return left.reduce((sum, share, cell) => sum + bits(share, right[cell] ?? 0), 0);
}

/** The Jensen–Shannon divergence in bits, from 0 for equal shares to 1 for counts without a common cell (Lin 1991). */
export function jensenShannon(p: Float64Array, q: Float64Array): number {
  invariant(p.length === q.length, "counts over different cells");
  const [left, right] = [shares(p, 0), shares(q, 0)];
  return left.reduce((sum, share, cell) => {
    const other = right[cell] ?? 0;
    const middle = (share + other) / 2;
    return sum + (bits(share, middle) + bits(other, middle)) / 2;
  }, 0);
}

/** p log₂(p / q), where 0 log 0 is 0. */
function bits(p: number, q: number): number {
  return p === 0 ? 0 : p * Math.log2(p / q);
}

function shares(counts: Float64Array, added: number): Float64Array {
  const whole = counts.reduce((sum, count) => sum + count + added, 0);
  return counts.map((count) => (whole === 0 ? 0 : (count + added) / whole));
}
