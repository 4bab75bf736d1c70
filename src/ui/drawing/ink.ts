/** Colours of the page as ink. It knows texts and bytes, not pens. */

/** A colour as the browser writes it, "#rrggbb", as bytes of that many channels; grey is that of its red. */
export function inkOf(colour: string, channels: number): readonly number[] {
  return [1, 3, 5].slice(0, channels).map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
