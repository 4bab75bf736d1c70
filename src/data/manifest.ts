/** The manifest that lies beside a packed data set: what the shards are and how to check them. It loads nothing. */
import * as v from "valibot";

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));

/** One gzipped file: the pixels of `count` items, row after row, then one label byte for each item. */
const shardSchema = v.object({
  /** A plain name beside the manifest, so that a manifest cannot point anywhere else. */
  file: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.bin$/)),
  count: v.pipe(wholeNumber, v.minValue(1)),
  /** Size once decompressed. */
  bytes: wholeNumber,
  /** Size of the file. */
  packedBytes: wholeNumber,
  /** Of the decompressed bytes, in lower-case hexadecimal. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

const splitSchema = v.object({ count: wholeNumber, shards: v.pipe(v.array(shardSchema), v.minLength(1)) });

export const manifestSchema = v.pipe(
  v.object({
    version: v.literal(1),
    name: v.string(),
    shape: v.tuple([wholeNumber, wholeNumber, wholeNumber]),
    train: splitSchema,
    test: splitSchema,
  }),
  v.check(
    ({ shape: [height, width, channels], train, test }) =>
      [train, test].every(
        ({ count, shards }) =>
          shards.reduce((sum, shard) => sum + shard.count, 0) === count &&
          shards.every((shard) => shard.bytes === shard.count * (height * width * channels + 1)),
      ),
    "sizes that agree with one another",
  ),
);

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ShardEntry = v.InferOutput<typeof shardSchema>;
