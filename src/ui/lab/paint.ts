/** Draws an answer about the plane on a canvas, the views that are wanted one over the other. It knows no run and no store. */
import type { LabView } from "../../state/labViews.ts";
import { SURFACE_SIDE, type Manifold, type PlaneAnswer } from "../../worker/questions/plane.question.ts";
import { contour } from "./contour.ts";
import { certainty, densityDifference, manifoldCells, optimalScores } from "./fields.ts";
import { css, type Palette, type Rgb } from "./palette.ts";

/** A square of `size` pixels of the screen, which shows the plane from −extent to extent. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly size: number;
  readonly extent: number;
  /** Screen pixels for one of the page's. */
  readonly scale: number;
  readonly palette: Palette;
}

export type PlacedPoint = readonly [x: number, y: number];

const EVEN = 0.5;
/** How strong the strongest tint of a ground is: points must stand out from it. */
const TINT = 150;
const POINT_RADIUS = 1.9;
/** Every so many shown fakes has an arrow; all of them would hide one another. */
const ARROWS_EVERY = 3;
/** Length of the longest arrow, in pixels of the page. */
const LONGEST_ARROW = 34;
const HEAD = 4.5;
/** A cell of the manifold with this density, in points per unit of area, is filled as strongly as one can be. */
const FULL_DENSITY = 1.2;

export function across({ size, extent }: Pick<Sheet, "size" | "extent">, x: number): number {
  return ((x + extent) / (2 * extent)) * size;
}

export function down({ size, extent }: Pick<Sheet, "size" | "extent">, y: number): number {
  return ((extent - y) / (2 * extent)) * size;
}

/** Grounds first, points on top. */
export function paintPlane(sheet: Sheet, frame: PlaneAnswer | null, views: readonly LabView[]): void {
  const { context, size } = sheet;
  context.clearRect(0, 0, size, size);
  paintAxes(sheet);
  if (frame === null) return;
  const { surface, densities, manifold, told, real, fake } = frame;
  const { generator, discriminator, real: realColour } = sheet.palette;
  const ofScore = (score: number) => (score - EVEN) / EVEN;
  const scores = { more: discriminator, less: generator };
  if (views.includes("surface") && surface !== null) paintGround(sheet, surface, scores, ofScore);
  if (densities !== null && views.includes("optimal")) {
    const certain = certainty(densities);
    paintGround(sheet, optimalScores(densities), scores, (score, cell) => ofScore(score) * (certain[cell] ?? 0));
  }
  if (densities !== null && views.includes("difference")) {
    paintGround(sheet, densityDifference(densities), { more: generator, less: realColour }, (value) => value);
  }
  if (views.includes("manifold") && manifold !== null) paintManifold(sheet, manifold);
  if (views.includes("boundary") && surface !== null) paintBoundary(sheet, surface);
  if (views.includes("real")) paintPoints(sheet, pairs(real), realColour);
  if (views.includes("fake")) paintPoints(sheet, pairs(fake), generator);
  if (views.includes("told") && told !== null) paintArrows(sheet, fake, told);
}

/** Each point as a dot, with a rim that tells it from a ground of its own colour. */
export function paintPoints(
  { context, scale, palette, ...place }: Sheet,
  points: readonly PlacedPoint[],
  colour: Rgb,
): void {
  const radius = POINT_RADIUS * scale;
  context.fillStyle = css(colour);
  context.strokeStyle = css(palette.ground, 0.7);
  context.lineWidth = 0.75 * scale;
  context.beginPath();
  for (const [x, y] of points) {
    const [left, top] = [across(place, x), down(place, y)];
    context.moveTo(left + radius, top);
    context.arc(left, top, radius, 0, 2 * Math.PI);
  }
  context.stroke();
  context.fill();
}

/** A drawing: each of its points, in the cloud of data that it stands for. */
export function paintDrawing(sheet: Sheet, points: readonly PlacedPoint[], spread: number): void {
  const { context, palette, size, extent } = sheet;
  const radius = (2 * spread * size) / (2 * extent);
  context.fillStyle = css(palette.real, 0.12);
  for (const [x, y] of points) {
    context.beginPath();
    context.arc(across(sheet, x), down(sheet, y), radius, 0, 2 * Math.PI);
    context.fill();
  }
  paintPoints(sheet, points, palette.real);
}

function paintAxes({ context, size, scale, palette, extent }: Sheet): void {
  context.strokeStyle = css(palette.line);
  context.lineWidth = scale;
  context.beginPath();
  for (let line = Math.ceil(-extent) + 1; line < extent; line++) {
    const place = Math.round(across({ size, extent }, line)) + 0.5;
    context.moveTo(place, 0);
    context.lineTo(place, size);
    context.moveTo(0, place);
    context.lineTo(size, place);
  }
  context.stroke();
}

/** Tints each cell of a field: `strengthOf` says how strongly, from 1 in one colour to −1 in the other; NaN is left clear. */
function paintGround(
  { context, size }: Sheet,
  field: Float32Array,
  { more, less }: Readonly<Record<"more" | "less", Rgb>>,
  strengthOf: (value: number, cell: number) => number,
): void {
  const image = new ImageData(SURFACE_SIDE, SURFACE_SIDE);
  field.forEach((value, cell) => {
    const strength = strengthOf(value, cell);
    if (Number.isNaN(strength)) return;
    const row = SURFACE_SIDE - 1 - Math.floor(cell / SURFACE_SIDE);
    const place = 4 * (row * SURFACE_SIDE + (cell % SURFACE_SIDE));
    [image.data[place], image.data[place + 1], image.data[place + 2]] = strength > 0 ? more : less;
    image.data[place + 3] = Math.min(1, Math.abs(strength)) * TINT;
  });
  const small = new OffscreenCanvas(SURFACE_SIDE, SURFACE_SIDE);
  small.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0, 0, size, size);
}

function paintManifold(sheet: Sheet, manifold: Manifold): void {
  const { context, scale, palette } = sheet;
  context.strokeStyle = css(palette.generator, 0.45);
  context.lineWidth = 0.75 * scale;
  for (const { corners, density } of manifoldCells(manifold)) {
    context.beginPath();
    for (const [x, y] of corners) context.lineTo(across(sheet, x), down(sheet, y));
    context.closePath();
    context.fillStyle = css(palette.generator, 0.65 * Math.min(1, density / FULL_DENSITY));
    context.fill();
    context.stroke();
  }
}

function paintBoundary({ context, size, scale, palette }: Sheet, surface: Float32Array): void {
  const place = (cell: number) => ((cell + 0.5) / SURFACE_SIDE) * size;
  context.strokeStyle = css(palette.text);
  context.lineWidth = 1.5 * scale;
  context.beginPath();
  for (const [fromX, fromY, toX, toY] of contour(surface, SURFACE_SIDE, EVEN)) {
    context.moveTo(place(fromX), size - place(fromY));
    context.lineTo(place(toX), size - place(toY));
  }
  context.stroke();
}

/** Longer ones are told more; the longest is always as long. */
function paintArrows(sheet: Sheet, fake: Float32Array, told: Float32Array): void {
  const { context, scale, palette } = sheet;
  const slopes = pairs(told).map(([right, up]) => Math.hypot(right, up));
  const most = slopes.reduce((longest, slope) => Math.max(longest, slope), 0);
  if (!(most > 0)) return;
  context.strokeStyle = css(palette.text, 0.8);
  context.lineWidth = scale;
  context.beginPath();
  for (let point = 0; point < slopes.length; point += ARROWS_EVERY) {
    const length = ((slopes[point] ?? 0) / most) * LONGEST_ARROW * scale;
    if (length < scale) continue;
    const angle = Math.atan2(-(told[2 * point + 1] ?? 0), told[2 * point] ?? 0);
    const [x, y] = [across(sheet, fake[2 * point] ?? NaN), down(sheet, fake[2 * point + 1] ?? NaN)];
    const [tipX, tipY] = [x + length * Math.cos(angle), y + length * Math.sin(angle)];
    context.moveTo(x, y);
    context.lineTo(tipX, tipY);
    const head = Math.min(HEAD * scale, length);
    for (const side of [-1, 1]) {
      const back = angle + Math.PI + side * 0.45;
      context.moveTo(tipX, tipY);
      context.lineTo(tipX + head * Math.cos(back), tipY + head * Math.sin(back));
    }
  }
  context.stroke();
}

export function paintCross({ context, size, scale, palette, extent }: Sheet, [x, y]: PlacedPoint): void {
  const [left, top] = [across({ size, extent }, x), down({ size, extent }, y)];
  const arm = 9 * scale;
  context.strokeStyle = css(palette.text);
  context.lineWidth = 1.25 * scale;
  context.beginPath();
  context.moveTo(left - arm, top);
  context.lineTo(left + arm, top);
  context.moveTo(left, top - arm);
  context.lineTo(left, top + arm);
  context.stroke();
}

function pairs(values: Float32Array): readonly PlacedPoint[] {
  return Array.from({ length: values.length / 2 }, (_, point) => [
    values[2 * point] ?? NaN,
    values[2 * point + 1] ?? NaN,
  ]);
}
