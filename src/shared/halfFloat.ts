/** Numbers of two bytes, IEEE 754 binary16, for weights that travel. It must not know what the numbers mean. */

const SIGN = 0x8000;
const INFINITE = 0x7c00;
const NOT_A_NUMBER = 0x7e00;
/** Bits of the fraction; a normal number is (1 + fraction / 2¹⁰) · 2^(exponent − 15). */
const FRACTION_BITS = 10;
const BIAS = 15;
/** Distance between subnormal numbers. */
const SMALLEST = 2 ** -24;
/** From here on the nearest half is infinite. */
const TOO_LARGE = 65_520;

/** The bits of the half nearest to a number; of two equally near, that whose last bit is 0. */
export function halfOf(value: number): number {
  if (Number.isNaN(value)) return NOT_A_NUMBER;
  const sign = value < 0 || Object.is(value, -0) ? SIGN : 0;
  const size = Math.abs(value);
  if (size >= TOO_LARGE) return sign | INFINITE;
  const exponent = Math.max(Math.floor(Math.log2(size)), 1 - BIAS);
  const spacing = 2 ** (exponent - FRACTION_BITS);
  const steps = roundHalfToEven(size / spacing);
  if (exponent === 1 - BIAS) return sign | steps;
  // Steps that round up to the next power of two carry into the exponent by themselves.
  return sign | (((exponent + BIAS - 1) << FRACTION_BITS) + steps);
}

/** The number that the bits of a half stand for. */
export function numberOf(half: number): number {
  const sign = (half & SIGN) === 0 ? 1 : -1;
  const exponent = (half & INFINITE) >> FRACTION_BITS;
  const fraction = half & (2 ** FRACTION_BITS - 1);
  if (exponent === INFINITE >> FRACTION_BITS) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * SMALLEST;
  return sign * (1 + fraction / 2 ** FRACTION_BITS) * 2 ** (exponent - BIAS);
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
