/** How sharp images are. It must not know where they come from. */
import { invariant } from "../shared/invariant.ts";

/**
 * The variance of the Laplacian of an image, averaged over images (Pech-Pacheco et al. 2000): blur lowers it, and noise
 * raises it. It means something only beside that of real images. Every channel counts by itself.
 * @param pixels [count, height, width, channels] from 0 to 255
 */
export function sharpness(
  pixels: Uint8Array,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
): number {
  const size = height * width * channels;
  invariant(height > 2 && width > 2 && pixels.length % size === 0, "whole images of at least 3 × 3 pixels");
  let total = 0;
  for (let first = 0; first < pixels.length; first += size) {
    for (let channel = 0; channel < channels; channel++) {
      total += laplacianVariance(pixels, first + channel, height, width, channels);
    }
  }
  return total / ((pixels.length / size) * channels);
}

/** Of one channel, whose first pixel is at `first`; the edge has no Laplacian. Pixels count from 0 to 1. */
function laplacianVariance(pixels: Uint8Array, first: number, height: number, width: number, step: number): number {
  const down = width * step;
  let sum = 0;
  let squares = 0;
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const at = first + row * down + column * step;
      const around =
        (pixels[at - down] ?? 0) + (pixels[at + down] ?? 0) + (pixels[at - step] ?? 0) + (pixels[at + step] ?? 0);
      const laplacian = (around - 4 * (pixels[at] ?? 0)) / 255;
      sum += laplacian;
      squares += laplacian * laplacian;
    }
  }
  const count = (height - 2) * (width - 2);
  return squares / count - (sum / count) ** 2;
}
