/** Reading and decompressing bytes with the browser's own streams. It knows nothing of data sets. */

/** More came than there should be. */
export class TooManyBytes extends Error {
  constructor(limit: number) {
    super(`it is longer than ${limit} bytes`);
    this.name = "TooManyBytes";
  }
}

/**
 * The decompressed bytes, at most `limit`. Throws TooManyBytes when they are more, and the browser's TypeError when they
 * are no gzip or fail its CRC-32.
 */
export async function gunzip(packed: Uint8Array<ArrayBuffer>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const decompressed = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return readBytes(decompressed, limit, () => undefined);
}

/**
 * All bytes of a stream, at most `limit`; `onProgress` hears how many came so far. Throws TooManyBytes when there are
 * more.
 */
export async function readBytes(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  onProgress: (receivedBytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(limit);
  const reader = stream.getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (length + value.length > limit) {
      await reader.cancel();
      throw new TooManyBytes(limit);
    }
    bytes.set(value, length);
    length += value.length;
    onProgress(length);
  }
  return length === limit ? bytes : bytes.slice(0, length);
}

export function hexadecimal(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
