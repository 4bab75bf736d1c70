/** Pixels as bytes. It must not know images or where the numbers come from. */

/** Numbers in [−1, 1] as bytes, rounded; what lies outside is clamped, and NaN is black. */
export function bytesOf(values: Float32Array): Uint8Array<ArrayBuffer> {
  // A clamped array rounds halves to even and clamps by itself: https://tc39.es/ecma262/#sec-touint8clamp
  const clamped = new Uint8ClampedArray(values.length);
  for (let index = 0; index < values.length; index++) clamped[index] = ((values[index] ?? 0) + 1) * 127.5;
  return new Uint8Array(clamped.buffer);
}
