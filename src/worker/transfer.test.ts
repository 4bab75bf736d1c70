import { expect, test } from "vitest";
import { buffersIn } from "./transfer.ts";

test("the buffers of all typed arrays are found, however deep, and each once", () => {
  const floats = new Float32Array(4);
  const bytes = new Uint8Array(3);
  const message = { name: "x", rows: [{ bytes }, { again: floats.subarray(1) }], floats, nothing: null, count: 2 };
  expect(new Set(buffersIn(message))).toEqual(new Set([floats.buffer, bytes.buffer]));
  expect(buffersIn(message)).toHaveLength(2);
});

test("shared memory is left where it is", () => {
  expect(buffersIn({ shared: new Float32Array(new SharedArrayBuffer(8)) })).toEqual([]);
});

test.each([[null], [undefined], [3], ["text"], [[]]])("there are none in %j", (value) => {
  expect(buffersIn(value)).toEqual([]);
});
