/** Which items each batch takes: every item once an epoch, in an order that a seed chooses. It holds no data. */
import { permute } from "../shared/permutation.ts";

export interface BatchOrder {
  /** The item at a position; position p belongs to epoch ⌊p / count⌋. */
  itemAt(position: number): number;
  /** The items at `length` positions from `first` on. */
  items(first: number, length: number): readonly number[];
  /** How many items, from the data set's beginning, must be there before those positions can be drawn. */
  itemsNeeded(first: number, length: number): number;
}

/** The first epoch permutes each shard apart; these keys never meet those of later epochs. */
const FIRST_EPOCH_KEY = 0x80000000;

/**
 * An order over `count` items that arrive in shards of `shardSize`. The first epoch walks the shards in the order of their
 * arrival, permuted within each, so that training can begin with the first one and is the same however fast the others
 * come; later epochs permute the whole set.
 */
export function createBatchOrder(seed: number, count: number, shardSize: number): BatchOrder {
  const itemAt = (position: number): number => {
    const epoch = Math.floor(position / count);
    const place = position % count;
    if (epoch > 0) return permute(place, count, seed, epoch);
    const shard = Math.floor(place / shardSize);
    const first = shard * shardSize;
    return first + permute(place - first, Math.min(shardSize, count - first), seed, FIRST_EPOCH_KEY + shard);
  };
  return {
    itemAt,
    items: (first, length) => Array.from({ length }, (_, index) => itemAt(first + index)),
    itemsNeeded: (first, length) => {
      const shards = Math.ceil((first + length) / shardSize);
      return Math.min(shards * shardSize, count);
    },
  };
}
