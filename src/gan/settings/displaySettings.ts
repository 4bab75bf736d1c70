/** The settings of what is shown; they change nothing of the training. */
import type { Setting } from "./setting.ts";

export const DISPLAY_SETTINGS: readonly Setting[] = [
  {
    kind: "number",
    path: "samplesPerSecond",
    label: "Sample grid refresh",
    help: "How often the grid is drawn anew, at most. Drawing costs the time of one generator pass.",
    urlKey: "refresh",
    group: "display",
    player: "both",
    range: [0.5, 30],
    scale: "log",
    unit: "per second",
    applies: "live",
  },
];
