/** Tells when a run's weights have moved, at a pace that whatever is made by them can keep. It must not know what that is. */
import { watch, type StreamStore } from "./stream.ts";
import { createThrottle } from "./throttle.ts";

/** While the run trains, what depends on its weights is made anew this often. */
const REFRESH_MILLISECONDS = 500;

/** Calls `refresh` now and whenever the weights have moved or data has come, until the returned function is called. */
export function followWeights(refresh: () => void, stream: StreamStore): () => void {
  const throttle = createThrottle<null>(REFRESH_MILLISECONDS, refresh);
  const call = (): void => {
    throttle.call(null);
  };
  const stops = [
    watch(stream, ({ samples }) => samples, call),
    watch(stream, ({ realSamples }) => realSamples === null, call),
  ];
  return () => {
    for (const stop of stops) stop();
    throttle.cancel();
  };
}
