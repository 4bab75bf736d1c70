import { expect, test } from "vitest";
import { mp4Of, VideoError } from "./mp4.ts";

const FILM = {
  count: 6,
  shape: [28, 28, 1] as const,
  pixels: Uint8Array.from({ length: 6 * 784 }, (_, index) => (index * 7) % 256),
};

test("a film becomes an MP4 that the browser plays back at its size and length", async ({ skip }) => {
  let bytes: ArrayBuffer;
  try {
    bytes = await mp4Of(FILM, { scale: 5, framesPerSecond: 12 });
  } catch (error) {
    if (!(error instanceof VideoError)) throw error;
    console.warn(`Skipped: ${error.message}`);
    skip(error.message);
    return;
  }
  const video = document.createElement("video");
  video.src = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
  await new Promise<void>((resolve, reject) => {
    video.onloadedmetadata = () => {
      resolve();
    };
    video.onerror = () => {
      reject(new Error(video.error?.message ?? "unreadable"));
    };
  });
  // The scale is made even, so that the sides are.
  expect([video.videoWidth, video.videoHeight]).toEqual([28 * 6, 28 * 6]);
  expect(video.duration).toBeCloseTo(0.5, 1);
});
