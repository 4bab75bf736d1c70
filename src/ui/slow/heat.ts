/** Numbers with a sign, and pixels in [−1, 1], as RGBA. It knows arrays alone. */

/** More, and less: told apart from the colours that mean a player. */
export const MORE = [14, 165, 183] as const;
export const LESS = [192, 56, 190] as const;

const CHANNELS_OUT = 4;
const OPAQUE = 255;

export function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The sum over channels of each pixel: its sign as a colour, its size beside `most` as how much of the colour there is. */
export function heatPixels(values: Float32Array, channels: number, most: number): Uint8ClampedArray<ArrayBuffer> {
  const count = values.length / channels;
  const pixels = new Uint8ClampedArray(count * CHANNELS_OUT);
  for (let pixel = 0; pixel < count; pixel++) {
    const value = values.subarray(pixel * channels, (pixel + 1) * channels).reduce((sum, one) => sum + one, 0);
    const share = most === 0 ? 0 : Math.abs(value) / most;
    pixels.set([...(value > 0 ? MORE : LESS), share * OPAQUE], pixel * CHANNELS_OUT);
  }
  return pixels;
}

export function valuePixels(values: Float32Array, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const count = values.length / channels;
  const pixels = new Uint8ClampedArray(count * CHANNELS_OUT);
  for (let pixel = 0; pixel < count; pixel++) {
    const byte = (channel: number) => ((values[pixel * channels + channel] ?? 0) + 1) * (OPAQUE / 2);
    const grey = byte(0);
    pixels.set(channels === 1 ? [grey, grey, grey, OPAQUE] : [grey, byte(1), byte(2), OPAQUE], pixel * CHANNELS_OUT);
  }
  return pixels;
}
