/** The page's colours as a canvas can use them: the stylesheet hands them over, resolved for the theme that holds. */

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Palette {
  readonly generator: Rgb;
  readonly discriminator: Rgb;
  readonly real: Rgb;
  readonly text: Rgb;
  readonly line: Rgb;
  readonly ground: Rgb;
}

/** Reads them off an element whose style names a token in each of these properties. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  return {
    generator: rgbOf(style.color),
    discriminator: rgbOf(style.caretColor),
    real: rgbOf(style.textDecorationColor),
    text: rgbOf(style.columnRuleColor),
    line: rgbOf(style.borderTopColor),
    ground: rgbOf(style.backgroundColor),
  };
}

function rgbOf(text: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

export function css(colour: Rgb, opacity = 1): string {
  return `rgb(${colour.join(" ")} / ${String(opacity)})`;
}
