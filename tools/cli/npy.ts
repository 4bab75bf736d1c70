/** Numbers as a NumPy file. */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** The data begins at a multiple of this. */
const ALIGNMENT = 64;

/** A .npy file, version 1.0, of a uint8 array of that shape: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export function npyOfBytes(bytes: Uint8Array, shape: readonly number[]): Uint8Array {
  return npy("|u1", bytes, shape);
}

/** The same of a float32 array. */
export function npyOfFloats(values: Float32Array, shape: readonly number[]): Uint8Array {
  // Every machine that runs this is little-endian, as WebAssembly's memory is.
  return npy("<f4", new Uint8Array(values.buffer, values.byteOffset, values.byteLength), shape);
}

function npy(type: string, bytes: Uint8Array, shape: readonly number[]): Uint8Array {
  const dimensions = shape.map((size) => `${String(size)},`).join(" ");
  const description = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  // Magic, two bytes of length, the description, spaces, a line feed.
  const unpadded = MAGIC.length + 2 + description.length + 1;
  const headerLength = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT;
  const text = `${description.padEnd(headerLength - MAGIC.length - 3)}\n`;
  const file = new Uint8Array(headerLength + bytes.length);
  file.set(MAGIC);
  new DataView(file.buffer).setUint16(MAGIC.length, text.length, true);
  file.set(new TextEncoder().encode(text), MAGIC.length + 2);
  file.set(bytes, headerLength);
  return file;
}
