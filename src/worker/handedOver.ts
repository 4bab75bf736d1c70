/** Which buffers of the worker's events are handed over to the page. It must not know how they are sent. */
import type { WorkerEvent } from "./protocol.ts";
import { buffersIn } from "./transfer.ts";

/** The buffers that an event hands over rather than copies; whoever sends it makes them for it. */
export function handedOver(event: WorkerEvent): Transferable[] {
  switch (event.type) {
    case "samples":
    case "keepsake":
    case "realSamples":
      return [...buffersIn(event.images)];
    case "progress":
      return [...buffersIn(event.chart), ...buffersIn(event.recent)];
    case "quality":
      return [...buffersIn(event.chart)];
    case "answering":
    case "answered":
      return [...buffersIn(event.given)];
    default:
      return [];
  }
}
