/** The IDX format of MNIST's files: a magic number, the dimensions, then bytes. It reads buffers and knows no files. */

export interface IdxBytes {
  readonly dimensions: readonly number[];
  readonly bytes: Uint8Array;
}

/** Third byte of the magic number: the values are unsigned bytes. */
const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file of unsigned bytes (http://yann.lecun.com/exdb/mnist, "the IDX file format").
 * @param rank how many dimensions it must have: 3 for images, 1 for labels
 * Throws when the magic number, the rank or the length is not what it should be.
 */
export function parseIdx(file: Uint8Array, rank: number): IdxBytes {
  const header = 4 + 4 * rank;
  if (file.length < header) throw new Error(`An IDX file is cut off: it has only ${String(file.length)} bytes.`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = view.getUint32(0);
  const expected = (UNSIGNED_BYTE << 8) | rank;
  if (magic !== expected) {
    throw new Error(`An IDX file begins with ${String(magic)} instead of ${String(expected)}.`);
  }
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = dimensions.reduce((product, length) => product * length, 1);
  if (file.length !== header + size) {
    throw new Error(
      `An IDX file of ${dimensions.join(" × ")} has ${String(file.length - header)} bytes instead of ${String(size)}.`,
    );
  }
  return { dimensions, bytes: file.subarray(header) };
}
