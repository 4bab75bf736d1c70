// How a routine reads its arguments out of a command.
import { FIRST_FRACTION, FIRST_INTEGER } from "../opcodes";

// @ts-ignore: decorator
@inline
export function integer(command: usize, index: i32): i32 {
  return load<i32>(command + (<usize>(FIRST_INTEGER + index) << 2));
}

// @ts-ignore: decorator
@inline
export function address(command: usize, index: i32): usize {
  return <usize>load<u32>(command + (<usize>(FIRST_INTEGER + index) << 2));
}

// @ts-ignore: decorator
@inline
export function fraction(command: usize, index: i32): f32 {
  return load<f32>(command + (<usize>(FIRST_FRACTION + index) << 2));
}

/** a · b + c, rounded once where the processor can (relaxed SIMD) and twice elsewhere. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (RELAXED) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
