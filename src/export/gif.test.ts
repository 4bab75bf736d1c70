import { expect, test } from "vitest";
import { frameOf } from "./frames.ts";
import { gifOf } from "./gif.ts";

const GREY = { count: 2, shape: [1, 2, 1] as const, pixels: Uint8Array.of(0, 255, 128, 64) };
const COLOUR = { count: 1, shape: [1, 2, 3] as const, pixels: Uint8Array.of(255, 0, 0, 0, 0, 255) };

test("a frame enlarges each pixel to a square, grey or in colours", () => {
  expect(frameOf(GREY, 1, 2)).toEqual({
    width: 4,
    height: 2,
    rgba: Uint8ClampedArray.from([128, 128, 64, 64, 128, 128, 64, 64].flatMap((grey) => [grey, grey, grey, 255])),
  });
  expect([...frameOf(COLOUR, 0, 1).rgba]).toEqual([255, 0, 0, 255, 0, 0, 255, 255]);
});

test.each([
  ["grey", GREY],
  ["coloured", COLOUR],
])("a %s film is a GIF of its size that repeats for ever, with a frame an image", (_, film) => {
  const bytes = gifOf(film, { scale: 3, framesPerSecond: 20 });
  const text = new TextDecoder("latin1").decode(bytes);
  expect(text.slice(0, 6)).toBe("GIF89a");
  const size = new DataView(bytes.buffer, bytes.byteOffset);
  expect([size.getUint16(6, true), size.getUint16(8, true)]).toEqual([6, 3]);
  expect(text).toContain("NETSCAPE2.0");
  // A graphic control block opens every frame; its delay is in hundredths of a second.
  const controls = text.split("\u0021\u00f9\u0004").slice(1);
  expect(controls).toHaveLength(film.count);
  expect(controls[0]?.charCodeAt(1)).toBe(5);
  expect(bytes.at(-1)).toBe(0x3b);
});
