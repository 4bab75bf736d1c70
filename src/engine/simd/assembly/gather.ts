// Batches gathered from a data set of bytes.
import { address, integer } from "./command";

/**
 * out = byte / 127.5 − 1 for the items at the places listed. Integers: bytes, places (32-bit integers), out, numbers of an
 * item, items, items a task.
 */
export function gather(command: usize, task: i32): void {
  const size = integer(command, 3);
  const perTask = integer(command, 5);
  const end = min(integer(command, 4), (task + 1) * perTask);
  for (let item = task * perTask; item < end; item++) {
    const place = load<i32>(address(command, 1) + (<usize>item << 2));
    const from = address(command, 0) + <usize>place * <usize>size;
    const out = address(command, 2) + (<usize>(item * size) << 2);
    let at = 0;
    for (; at + 4 <= size; at += 4) {
      const bytes = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from + at)));
      v128.store(out + (<usize>at << 2), pixels(bytes));
    }
    for (; at < size; at++) {
      const value = pixels(i32x4.splat(<i32>load<u8>(from + at)));
      store<f32>(out + (<usize>at << 2), f32x4.extract_lane(value, 0));
    }
  }
}

/** (2 · byte − 255) / 255: the numerator is exact, so that the result is rounded once. */
// @ts-ignore: decorator
@inline
function pixels(bytes: v128): v128 {
  const numerator = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shl(bytes, 1), i32x4.splat(255)));
  return f32x4.div(numerator, f32x4.splat(255));
}
