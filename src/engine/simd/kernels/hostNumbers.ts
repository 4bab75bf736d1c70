/** Numbers that come from the host: as a new tensor that is filled again before every replay, or over those of another. */
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

const overwrite: SimdKernel = {
  name: "DuelOverwrite",
  run({ inputs, attrs, backend }) {
    const x = input(inputs, "x");
    const { values } = attrs as unknown as { readonly values: readonly number[] };
    const standing = backend.numbersOf(x);
    invariant(standing.length === values.length, "a tensor is overwritten by as many numbers as it has");
    standing.set(values);
    return [];
  },
};

export const HOST_NUMBERS: readonly SimdKernel[] = [hostNumbers, overwrite];
