/**
 * A drawing as MNIST centres its digits (LeCun, Cortes and Burges, "The MNIST database of handwritten digits"): scaled in its
 * proportions to fit a box of 20 × 20 pixels, its centre of mass in the middle of the field of 28 × 28. Pure.
 */

/** The side of the box beside that of the field. */
const BOX = 20 / 28;
/** Places along either side of a pixel at which the drawing is looked up. */
const LOOKS = 4;

/** Grey pixels [height, width], white on black. A field without ink stays as it is. */
export function centredAsMnist(
  pixels: Uint8Array<ArrayBuffer>,
  [height, width]: readonly [height: number, width: number, ...rest: number[]],
): Uint8Array<ArrayBuffer> {
  const ink = inkOf(pixels, width);
  if (ink === null) return pixels.slice();
  const scale = Math.min((BOX * width) / ink.width, (BOX * height) / ink.height);
  const centred = new Uint8Array(pixels.length);
  const sourceX = (x: number) => ink.x + (x - width / 2) / scale;
  const sourceY = (y: number) => ink.y + (y - height / 2) / scale;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let look = 0; look < LOOKS * LOOKS; look++) {
        const [across, down] = [look % LOOKS, Math.floor(look / LOOKS)].map((place) => (place + 0.5) / LOOKS);
        sum += between(pixels, height, width, sourceX(x + (across ?? 0)), sourceY(y + (down ?? 0)));
      }
      centred[y * width + x] = Math.round(sum / (LOOKS * LOOKS));
    }
  }
  return centred;
}

interface Ink {
  /** The centre of mass, in pixels from the top left corner. */
  readonly x: number;
  readonly y: number;
  /** Of the box around all that is not black. */
  readonly width: number;
  readonly height: number;
}

function inkOf(pixels: Uint8Array, width: number): Ink | null {
  let [mass, x, y] = [0, 0, 0];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [index, byte] of pixels.entries()) {
    if (byte === 0) continue;
    const [column, row] = [index % width, Math.floor(index / width)];
    mass += byte;
    x += byte * (column + 0.5);
    y += byte * (row + 0.5);
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  }
  if (mass === 0) return null;
  return { x: x / mass, y: y / mass, width: right - left + 1, height: bottom - top + 1 };
}

/** The brightness at a place between the middles of pixels; black outside. */
function between(pixels: Uint8Array, height: number, width: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - column, y - 0.5 - row];
  const at = (atColumn: number, atRow: number): number =>
    atColumn < 0 || atRow < 0 || atColumn >= width || atRow >= height ? 0 : (pixels[atRow * width + atColumn] ?? 0);
  const upper = (1 - right) * at(column, row) + right * at(column + 1, row);
  const lower = (1 - right) * at(column, row + 1) + right * at(column + 1, row + 1);
  return (1 - down) * upper + down * lower;
}
