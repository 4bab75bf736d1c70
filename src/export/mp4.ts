/** A film as an MP4, encoded by the browser itself (WebCodecs). Loaded when it is asked for. */
import { BufferTarget, CanvasSource, getFirstEncodableVideoCodec, Mp4OutputFormat, Output, Quality } from "mediabunny";
import { frameOf, type Images } from "./frames.ts";
import type { FilmOptions } from "./gif.ts";

/** A browser that cannot encode video. The message is for a person. */
export class VideoError extends Error {
  override readonly name = "VideoError";
}

/** The bytes of an MP4. Throws a VideoError where this browser encodes none that fits. */
export async function mp4Of(film: Images, { scale, framesPerSecond }: FilmOptions): Promise<ArrayBuffer> {
  // Encoders want even sizes.
  const evenScale = scale + (scale % 2);
  const [height, width] = [film.shape[0] * evenScale, film.shape[1] * evenScale];
  const format = new Mp4OutputFormat();
  const codec =
    typeof VideoEncoder === "undefined"
      ? null
      : await getFirstEncodableVideoCodec(format.getSupportedVideoCodecs(), { width, height });
  if (codec === null) throw new VideoError("This browser cannot encode video. A GIF works everywhere.");
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new VideoError("This browser cannot draw the frames. A GIF works everywhere.");
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new CanvasSource(canvas, { codec, quality: new Quality("high") });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  for (let index = 0; index < film.count; index++) {
    context.putImageData(new ImageData(frameOf(film, index, evenScale).rgba, width, height), 0, 0);
    await source.add(index / framesPerSecond, 1 / framesPerSecond);
  }
  await output.finalize();
  if (target.buffer === null) throw new VideoError("The video came out empty. A GIF works everywhere.");
  return target.buffer;
}
