/** The settings of what is shown and measured; they change nothing of the training. */
import { isPointSet } from "../config/dataSets.ts";
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
  {
    kind: "number",
    path: "measuring",
    label: "Measuring",
    help: "How much of the time goes into measuring how good the samples are. Training is slower by as much; switched off, they are measured only when you ask.",
    urlKey: "measuring",
    group: "display",
    player: "both",
    range: [1, 50],
    scale: "linear",
    step: 1,
    integer: true,
    unit: "% of the time",
    whenSwitchedOn: 10,
    applies: "live",
    when: ({ dataSet }) => !isPointSet(dataSet),
  },
];
