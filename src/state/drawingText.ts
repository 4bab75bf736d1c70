/** A drawing as the text that stands for it in a link, and back: two hexadecimal digits a coordinate. */
import type { Config } from "../gan/config.ts";

type Drawing = Config["drawing"];

const DIGITS = 2;

export function drawingText(drawing: Drawing): string {
  return drawing
    .flat()
    .map((place) => place.toString(16).padStart(DIGITS, "0"))
    .join("");
}

/** Null where the text is no drawing. How many points it may have is for parseConfig to say. */
export function readDrawing(text: string): Drawing | null {
  if (!/^([0-9a-f]{4})+$/i.test(text)) return null;
  const places = Array.from({ length: text.length / DIGITS }, (_, index) =>
    Number.parseInt(text.slice(DIGITS * index, DIGITS * (index + 1)), 16),
  );
  return Array.from({ length: places.length / 2 }, (_, point) => [places[2 * point] ?? 0, places[2 * point + 1] ?? 0]);
}
