/** Tensors that the host gives other numbers without giving them another buffer, so that recorded steps see them. */
import { engine, getBackend, tensor, tidy, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { ranKernel } from "./kernels.ts";
import { deviceWords, overwrite } from "./webgpu/deviceMemory.ts";

type Data = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** Room for so many bytes where kernels of our own find them, for a backend that has such. The caller frees it. */
export function deviceBytes(count: number): Tensor {
  return getBackend() === "webgpu" ? deviceWords(count) : engine().keep(engine().runKernel("DuelBytes", {}, { count }));
}

/** Writes into what `deviceBytes` made, from a byte on that begins a word. What was run before still saw the old bytes. */
export function writeBytes(room: Tensor, firstByte: number, data: Data): void {
  if (getBackend() === "webgpu") overwrite(room, firstByte, data);
  else ranKernel("DuelOverwrite", { x: room }, { firstByte, data });
}

/** Gives a float32 variable new numbers, as many as it has. What was run before still saw the old ones. */
export function writeInPlace(variable: Variable, values: readonly number[]): void {
  const data = Float32Array.from(values);
  if (getBackend() === "webgpu") {
    overwrite(variable, 0, data);
    return;
  }
  if (ranKernel("DuelOverwrite", { x: variable }, { firstByte: 0, data })) return;
  tidy(() => {
    variable.assign(tensor(data, variable.shape, "float32"));
  });
}
