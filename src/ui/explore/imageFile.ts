/** A picture file as an image of the data's shape. It knows files and canvases, and nothing of latents. */
import type { ImageBatch } from "../../worker/protocol.ts";

/** A file that is no picture, or too large a one. The message is for a person. */
export class ImageFileError extends Error {
  override readonly name = "ImageFileError";
}

/** Larger files are refused unread. */
const MOST_BYTES = 20_000_000;

/** Shrinks the picture, whole and in its proportions, onto black. Throws an ImageFileError. */
export async function readImageFile(file: Blob, shape: ImageBatch["shape"]): Promise<ImageBatch> {
  if (file.size > MOST_BYTES) throw new ImageFileError("This file is larger than 20 MB. Choose a smaller picture.");
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new ImageFileError("This file is not a picture that the browser can read. Choose a PNG, a JPEG or the like.");
  });
  const [height, width] = shape;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new ImageFileError("This browser cannot draw the picture.");
  context.fillStyle = "black";
  context.fillRect(0, 0, width, height);
  const scale = Math.min(width / bitmap.width, height / bitmap.height);
  const [wide, high] = [bitmap.width * scale, bitmap.height * scale];
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, (width - wide) / 2, (height - high) / 2, wide, high);
  bitmap.close();
  return imageOfPixels(context.getImageData(0, 0, width, height).data, shape);
}

/** Luma of ITU-R BT.601 where the data is grey. */
const LUMA = [0.299, 0.587, 0.114] as const;

export function imageOfPixels(rgba: Uint8ClampedArray, shape: ImageBatch["shape"]): ImageBatch {
  const [height, width, channels] = shape;
  const pixels = new Uint8Array(height * width * channels);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const colour = [0, 1, 2].map((channel) => rgba[pixel * 4 + channel] ?? 0);
    if (channels === 1)
      pixels[pixel] = Math.round(LUMA.reduce((sum, weight, at) => sum + weight * (colour[at] ?? 0), 0));
    else colour.slice(0, channels).forEach((value, channel) => (pixels[pixel * channels + channel] = value));
  }
  return { count: 1, shape, pixels };
}
