/** Saves images as one PNG, each of their pixels a square. It knows bytes, not where they come from. */
import type { ImageBatch } from "../../worker/protocol.ts";
import { gridLayout, gridPixels } from "../duel/pixels.ts";
import { saveBlob } from "../saveBlob.ts";

/** Screen pixels for one source pixel, of an image alone and of a sheet of them. */
const SCALE = 16;
const SHEET_SCALE = 4;

/** An image alone, or all of a batch as a sheet, with nothing between them; nothing where there is none. */
export async function savePicture(images: ImageBatch | null, name: string): Promise<void> {
  if (images === null) return;
  const { width, height } = gridLayout(images);
  const small = new OffscreenCanvas(width, height);
  small.getContext("2d")?.putImageData(new ImageData(gridPixels(images), width, height), 0, 0);
  const scale = images.count === 1 ? SCALE : SHEET_SCALE;
  const large = new OffscreenCanvas(width * scale, height * scale);
  const context = large.getContext("2d");
  if (context !== null) {
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, large.width, large.height);
  }
  saveBlob(await large.convertToBlob({ type: "image/png" }), name);
}
