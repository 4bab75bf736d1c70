/**
 * Writes the WGSL of convolutions with "same" padding in which every thread keeps a block of the result in registers and
 * meets no barrier. It must not know where images and filters come from, nor what becomes of the result.
 *
 * A block is one pixel of several images by several channels: what padding leaves out is then the same for the whole
 * block, and becomes the bounds of its loops. Images are [batch, height, width, channels]; filters [size, size, in, out].
 */
import type { Element } from "./activation.wgsl.ts";
import { divisorAtMost, type Tile } from "./tiles.ts";

/** The images on both sides of a convolution: `large` before it, `small` after it, or the other way round transposed. */
export interface ConvolutionShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** Channels of the large images. */
  readonly channels: number;
  /** Channels of the small images. */
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
}

/** One side of "same" padding: pixels after the convolution, and pixels that the padding adds before the first. */
interface Axis {
  readonly size: number;
  readonly small: number;
  readonly pad: number;
}

function axis(size: number, { kernelSize, strides }: ConvolutionShape): Axis {
  const small = Math.ceil(size / strides);
  return { size, small, pad: Math.floor(Math.max((small - 1) * strides + kernelSize - size, 0) / 2) };
}

export interface ConvolutionWgsl {
  /** Element types of the images that are read and of the filters, and of the result. */
  readonly source: Element;
  readonly filter: Element;
  readonly result: Element;
  readonly threads: number;
  /**
   * `fn convolve(i: u32)`. It reads by `source(index)` and `filters(index)` and calls `finish(channel, index, sum)`, all
   * in elements of those types; the caller defines these.
   */
  readonly code: string;
}

const LANES = ["x", "y", "z", "w"] as const;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const elementFor = (channels: number): Element => (channels % 4 === 0 ? "vec4f" : "f32");
const lanesOf = (element: Element): number => (element === "vec4f" ? 4 : 1);

/** The block of a thread: `rows` images, each by `vectors` elements of channels. */
interface Block {
  readonly rows: readonly number[];
  readonly vectors: readonly number[];
  readonly result: Element;
  readonly hasTail: boolean;
}

function blockFor(batch: number, channels: number, tile: Tile): Block {
  const result = elementFor(channels);
  const rows = Math.min(tile.rows, batch);
  const vectors = divisorAtMost(tile.vectors, channels / lanesOf(result));
  return { rows: range(rows), vectors: range(vectors), result, hasTail: batch % rows !== 0 };
}

/** Large images → small ones: y[n, oy, ox, o] = Σ x[n, oy·s − pad + ky, …, c] · w[ky, kx, c, o]. */
export function convolution(shape: ConvolutionShape, tile: Tile): ConvolutionWgsl {
  const { batch, channels, filters, kernelSize, strides } = shape;
  const [y, x] = [axis(shape.height, shape), axis(shape.width, shape)];
  const block = blockFor(batch, filters, tile);
  const [source, outputs] = [elementFor(channels), filters / lanesOf(block.result)];
  const inputs = channels / lanesOf(source);
  const lines = [
    ...block.rows.map((row) => `let a${row} = source(from${row} + c);`),
    ...range(lanesOf(source)).flatMap((lane) => [
      ...block.vectors.map(
        (v) => `let b${lane}_${v} = filters(tap + (c * ${lanesOf(source)}u + ${lane}u) * ${outputs}u + ${v}u);`,
      ),
      ...multiply(
        block,
        (row) => `a${row}${source === "vec4f" ? `.${LANES[lane] ?? ""}` : ""}`,
        (v) => `b${lane}_${v}`,
      ),
    ]),
  ];
  return {
    source,
    filter: block.result,
    result: block.result,
    threads: threadsFor(block, outputs, y.small * x.small, batch),
    code: `
fn convolve(i: u32) {
  ${placeWgsl(block, outputs, x.small, y.small)}
  let top = py * ${strides} - ${y.pad};
  let left = px * ${strides} - ${x.pad};
  for (var ky = max(0, -top); ky < min(${kernelSize}, ${y.size} - top); ky++) {
    for (var kx = max(0, -left); kx < min(${kernelSize}, ${x.size} - left); kx++) {
      let pixel = u32((top + ky) * ${x.size} + left + kx) * ${inputs}u;
      ${fromWgsl(block, batch, y.size * x.size * inputs)}
      let tap = u32(ky * ${kernelSize} + kx) * ${channels * outputs}u + column;
      for (var c = 0u; c < ${inputs}u; c++) {
        ${lines.join("\n        ")}
      }
    }
  }
  ${finishWgsl(block, batch, y.small * x.small, x.small, outputs)}
}`,
  };
}

/**
 * Small images → large ones: the gradient of a convolution by its input, and the transposed convolution. Only the small
 * pixels that reach a large one are visited.
 */
export function transposedConvolution(shape: ConvolutionShape, tile: Tile): ConvolutionWgsl {
  const { batch, channels, filters, kernelSize, strides } = shape;
  const [y, x] = [axis(shape.height, shape), axis(shape.width, shape)];
  const block = blockFor(batch, channels, tile);
  const [source, lanes] = [elementFor(filters), lanesOf(block.result)];
  const inputs = filters / lanesOf(source);
  const outputs = channels / lanes;
  const lines = [
    ...block.rows.map((row) => `let a${row} = source(from${row} + c);`),
    ...range(block.vectors.length * lanes).map((place) => `let f${place} = filters(tap + ${place * inputs}u + c);`),
    ...range(lanesOf(source)).flatMap((lane) => {
      const at = source === "vec4f" ? `.${LANES[lane] ?? ""}` : "";
      const gathered = (v: number) => range(lanes).map((place) => `f${v * lanes + place}${at}`);
      return [
        ...block.vectors.map((v) => `let b${lane}_${v} = ${block.result}(${gathered(v).join(", ")});`),
        ...multiply(
          block,
          (row) => `a${row}${at}`,
          (v) => `b${lane}_${v}`,
        ),
      ];
    }),
  ];
  return {
    source,
    filter: source,
    result: block.result,
    threads: threadsFor(block, outputs, y.size * x.size, batch),
    code: `
fn convolve(i: u32) {
  ${placeWgsl(block, outputs, x.size, y.size)}
  let ty = py + ${y.pad};
  let tx = px + ${x.pad};
  for (var sy = max(0, (ty - ${kernelSize} + ${strides}) / ${strides}); sy <= min(${y.small - 1}, ty / ${strides}); sy++) {
    for (var sx = max(0, (tx - ${kernelSize} + ${strides}) / ${strides}); sx <= min(${x.small - 1}, tx / ${strides}); sx++) {
      let pixel = u32(sy * ${x.small} + sx) * ${inputs}u;
      ${fromWgsl(block, batch, y.small * x.small * inputs)}
      let ky = ty - sy * ${strides};
      let kx = tx - sx * ${strides};
      let tap = (u32(ky * ${kernelSize} + kx) * ${channels}u + column * ${lanes}u) * ${inputs}u;
      for (var c = 0u; c < ${inputs}u; c++) {
        ${lines.join("\n        ")}
      }
    }
  }
  ${finishWgsl(block, batch, y.size * x.size, x.size, outputs)}
}`,
  };
}

export interface FilterGradientWgsl {
  /** Element types of the large and the small images, and of the result. */
  readonly large: Element;
  readonly small: Element;
  readonly threads: number;
  /** Elements of one part of the result, in the small images' type. */
  readonly size: number;
  /**
   * `fn correlate(i: u32)`. It reads by `large(index)` and `small(index)` and calls `finish(part, index, sum)`: the
   * filters' gradient from each part of the batch.
   */
  readonly code: string;
}

/** dw[ky, kx, c, o] = Σ large[n, oy·s − pad + ky, …, c] · small[n, oy, ox, o], the batch split into parts. */
export function filterGradient(shape: ConvolutionShape, parts: number, tile: Tile): FilterGradientWgsl {
  const { batch, channels, filters, kernelSize, strides } = shape;
  const [y, x] = [axis(shape.height, shape), axis(shape.width, shape)];
  const [large, small] = [elementFor(channels), elementFor(filters)];
  const [inputs, outputs] = [channels / lanesOf(large), filters / lanesOf(small)];
  const quads = divisorAtMost(Math.max(1, Math.floor(tile.rows / lanesOf(large))), inputs);
  const rows = range(quads * lanesOf(large));
  const vectors = range(divisorAtMost(tile.vectors, outputs));
  const block: Block = { rows, vectors, result: small, hasTail: false };
  const [columnBlocks, rowBlocks] = [outputs / vectors.length, inputs / quads];
  const lane = (row: number) => (large === "vec4f" ? `a${row >> 2}.${LANES[row & 3] ?? ""}` : `a${row}`);
  const perPart = Math.ceil(batch / parts);
  const first = (offset: string) => `max(0, (${strides - 1} - ${offset}) / ${strides})`;
  // Rounded down, also below zero, where WGSL would round up.
  const last = (a: Axis, offset: string) =>
    `min(${a.small - 1}, (${a.size - 1 + strides} - ${offset}) / ${strides} - 1)`;
  return {
    large,
    small,
    threads: columnBlocks * rowBlocks * kernelSize * kernelSize * parts,
    size: kernelSize * kernelSize * channels * outputs,
    code: `
fn correlate(i: u32) {
  let column = (i % ${columnBlocks}u) * ${vectors.length}u;
  let row = (i / ${columnBlocks}u % ${rowBlocks}u) * ${quads}u;
  let place = i / ${columnBlocks * rowBlocks}u;
  let kx = i32(place % ${kernelSize}u);
  let ky = i32(place / ${kernelSize}u % ${kernelSize}u);
  let part = place / ${kernelSize * kernelSize}u;
  let dy = ky - ${y.pad};
  let dx = kx - ${x.pad};
  let x0 = ${first("dx")};
  let x1 = ${last(x, "dx")};
  let y0 = ${first("dy")};
  let y1 = ${last(y, "dy")};
  ${declareSums(block)}
  for (var n = part * ${perPart}u; n < min(${batch}u, (part + 1u) * ${perPart}u); n++) {
    for (var oy = y0; oy <= y1; oy++) {
      var start = (n * ${y.size * x.size}u + u32((oy * ${strides} + dy) * ${x.size} + x0 * ${strides} + dx)) * ${inputs}u + row;
      var by = (n * ${y.small * x.small}u + u32(oy * ${x.small} + x0)) * ${outputs}u + column;
      for (var ox = x0; ox <= x1; ox++) {
        ${range(quads)
          .map((quad) => `let a${quad} = large(start + ${quad}u);`)
          .join(" ")}
        ${vectors.map((v) => `let b${v} = small(by + ${v}u);`).join(" ")}
        ${multiply(block, lane, (v) => `b${v}`).join(" ")}
        start += ${strides * inputs}u;
        by += ${outputs}u;
      }
    }
  }
  let to = (u32(ky * ${kernelSize} + kx) * ${channels}u + row * ${lanesOf(large)}u) * ${outputs}u + column;
  ${rows.map((r) => vectors.map((v) => `finish(part, to + ${r * outputs + v}u, s${r}_${v});`).join(" ")).join("\n  ")}
}`,
  };
}

function threadsFor(block: Block, outputs: number, pixels: number, batch: number): number {
  return (outputs / block.vectors.length) * pixels * Math.ceil(batch / block.rows.length);
}

/** Which pixel `px, py`, images from `n` on and channels from `column` on the thread computes, and its sums. */
function placeWgsl(block: Block, outputs: number, width: number, height: number): string {
  const blocks = outputs / block.vectors.length;
  return `let column = (i % ${blocks}u) * ${block.vectors.length}u;
  let place = i / ${blocks}u;
  let px = i32(place % ${width}u);
  let py = i32(place / ${width}u % ${height}u);
  let n = (place / ${width * height}u) * ${block.rows.length}u;
  ${declareSums(block)}`;
}

function declareSums({ rows, vectors, result }: Block): string {
  return rows.map((row) => vectors.map((v) => `var s${row}_${v} = ${result}(0);`).join(" ")).join(" ");
}

/** Where each image's pixel begins. Images past the end are computed as the last one again; only `finish` knows. */
function fromWgsl({ rows, hasTail }: Block, batch: number, imageSize: number): string {
  const image = (row: number) => (hasTail ? `min(n + ${row}u, ${batch - 1}u)` : `(n + ${row}u)`);
  return rows.map((row) => `let from${row} = ${image(row)} * ${imageSize}u + pixel;`).join(" ");
}

function multiply({ rows, vectors, result }: Block, left: (row: number) => string, right: (v: number) => string) {
  return rows.flatMap((row) =>
    vectors.map((v) => `s${row}_${v} = fma(${result}(${left(row)}), ${right(v)}, s${row}_${v});`),
  );
}

function finishWgsl(block: Block, batch: number, pixels: number, width: number, outputs: number): string {
  const { rows, vectors, hasTail } = block;
  return rows
    .map((row) => {
      const at = `((n + ${row}u) * ${pixels}u + u32(py * ${width} + px)) * ${outputs}u + column`;
      const calls = vectors.map((v) => `finish(column + ${v}u, ${at} + ${v}u, s${row}_${v});`);
      return `${hasTail ? `if (n + ${row}u < ${batch}u) ` : ""}{ ${calls.join(" ")} }`;
    })
    .join("\n  ");
}
