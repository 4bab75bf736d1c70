/** What comes from the host: numbers that are written anew before every replay, and bytes over those of a tensor. */
import { invariant } from "../../../shared/invariant.ts";
import { input, type SimdKernel } from "./kernel.ts";

interface HostNumbersAttributes {
  readonly shape: readonly number[];
  readonly fill: (values: Float32Array) => void;
}

const hostNumbers: SimdKernel = {
  name: "DuelHostNumbers",
  run({ attrs, backend }) {
    const { shape, fill } = attrs as unknown as HostNumbersAttributes;
    return backend.makeFromHost(shape, fill);
  },
};

/** Room for so many bytes, as a float32 tensor whose numbers nobody reads as such. */
const bytes: SimdKernel = {
  name: "DuelBytes",
  run({ attrs, backend }) {
    const { count } = attrs as unknown as { readonly count: number };
    return backend.make([Math.ceil(count / Float32Array.BYTES_PER_ELEMENT)]);
  },
};

const overwrite: SimdKernel = {
  name: "DuelOverwrite",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const { firstByte, data } = attrs as unknown as { readonly firstByte: number; readonly data: ArrayBufferView };
    const standing = backend.bytesOf(x);
    invariant(firstByte + data.byteLength <= standing.length, "a tensor is overwritten beyond its end");
    standing.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), firstByte);
    return [];
  },
};

export const HOST_NUMBERS: readonly SimdKernel[] = [hostNumbers, bytes, overwrite];
