/** Saves one image as a PNG, each of its pixels a square. */
import { frameOf } from "../../export/frames.ts";
import type { ImageBatch } from "../../worker/protocol.ts";
import { saveBlob } from "../saveBlob.ts";

/** Screen pixels for one source pixel. */
const SCALE = 16;

export async function savePicture(images: ImageBatch | null, name: string): Promise<void> {
  if (images === null) return;
  const { width, height, rgba } = frameOf(images, 0, SCALE);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.putImageData(new ImageData(rgba, width, height), 0, 0);
  saveBlob(await canvas.convertToBlob({ type: "image/png" }), name);
}
