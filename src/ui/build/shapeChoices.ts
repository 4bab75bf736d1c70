/** What networks can be built for: every data set, and shapes of images that are only tried. It knows no component. */
import { DATA_SETS } from "../../data/catalogue.ts";
import type { DataSetName } from "../../gan/config.ts";
import type { Shape } from "../../gan/layers/layerShape.ts";
import type { SelectOption } from "../controls/Select.tsx";

const TRIED = {
  colour32: { label: "Colour images", shape: [32, 32, 3] },
  colour64: { label: "Large colour images", shape: [64, 64, 3] },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly shape: Shape }>>;

/** A shape to try without data of it. */
export type TriedShape = keyof typeof TRIED;

export function isTriedShape(value: string): value is TriedShape {
  return Object.hasOwn(TRIED, value);
}

export function isDataSetName(value: string): value is DataSetName {
  return Object.hasOwn(DATA_SETS, value);
}

export function shapeOf(choice: DataSetName | TriedShape): Shape {
  return isTriedShape(choice) ? TRIED[choice].shape : DATA_SETS[choice].shape;
}

/** Every choice. A shape that some data set has needs no trial. */
export function shapeOptions(): readonly SelectOption[] {
  const sets = Object.entries(DATA_SETS);
  const known = new Set(sets.map(([, { shape }]) => formatTimes(shape)));
  return [
    ...sets.map(([value, { label, shape, help }]) => ({ value, label: `${label}, ${formatTimes(shape)}`, help })),
    ...Object.entries(TRIED)
      .filter(([, { shape }]) => !known.has(formatTimes(shape)))
      .map(([value, { label, shape }]) => ({
        value,
        label: `${label}, ${formatTimes(shape)}`,
        help: "A shape to try: there is no data of it to train on.",
      })),
  ];
}

/** "28 × 28 × 1" */
export function formatTimes(shape: Shape): string {
  return shape.join(" × ");
}
