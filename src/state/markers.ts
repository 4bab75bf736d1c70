/** The list of changes made to a run while it trained. It knows markers alone. */
import type { SettingMarker } from "../worker/protocol.ts";

/** A marker and when it came, in milliseconds of the page's clock. */
export interface TimedMarker extends SettingMarker {
  readonly at: number;
}

/** Changes of one setting that follow each other sooner than this are one movement of a slider. */
const SAME_MOVEMENT_MILLISECONDS = 1500;
/** Older markers are forgotten beyond this many: a chart cannot show more. */
const MOST_MARKERS = 40;

/** The list with one change more, joined to the last one where both belong to one movement of a slider. */
export function addMarker(markers: readonly TimedMarker[], marker: TimedMarker): readonly TimedMarker[] {
  const last = markers.at(-1);
  const isSameMovement = last?.path === marker.path && marker.at - last.at < SAME_MOVEMENT_MILLISECONDS;
  if (!isSameMovement) return [...markers, marker].slice(-MOST_MARKERS);
  return [...markers.slice(0, -1), { ...marker, before: last.before }];
}
