/** Memory on the device that the host writes into, and recorded steps read from. It must not know what is in it. */
import { engine, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { bufferOf, webGpuInternals } from "./internals.ts";
import { emptyTensor } from "./program.ts";
import { writeInTurn } from "./stagedWrites.ts";

const WORD_BYTES = 4;

/** An int32 tensor on the device with room for so many bytes. The caller frees it. */
export function deviceWords(bytes: number): Tensor {
  const tensor = engine().makeTensorFromTensorInfo(emptyTensor([Math.ceil(bytes / WORD_BYTES)], "int32"));
  bufferOf(webGpuInternals(), tensor);
  return engine().keep(tensor);
}

/** Writes into a tensor's buffer from a byte on, which begins a word. What was encoded before still sees the old numbers. */
export function overwrite(
  tensor: TensorInfo,
  firstByte: number,
  data: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
) {
  const internals = webGpuInternals();
  const buffer = bufferOf(internals, tensor);
  internals.tensorMap.get(tensor.dataId).values = null;
  writeInTurn(internals, buffer, firstByte, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
