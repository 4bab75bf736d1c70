/** Matrix products, with both transposes, alone or with a bias. */
import { util, type _FusedMatMulAttrs, type BatchMatMulAttrs, type TensorInfo } from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { activate, canActivate } from "./activation.ts";
import { NO_EPILOGUE, type Epilogue } from "./epilogue.ts";
import { areFloats, input, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";

/** The most rows of A in one task: with the longest inner dimension handled at once they fit the second-level cache. */
const ROWS_PER_TASK = 128;
/** The most panels of B that a task packs for itself: with the longest inner dimension they fit there beside A. */
const PANELS_PER_TASK = 8;
/** The most rows of the module's tiles (tools/simd/tiles.ts). */
export const TILE_ROWS = 6;
/** The fewest rows of a transposed A in one task, where there is a choice. */
const FEWEST_PACKED_ROWS = 24;
/** Columns that one task of packing makes. */
const COLUMNS_PER_PACKING = 64;
/** As in assembly/product.ts: bytes for a tile at the edge, and the longest inner dimension, for A as it lies and packed. */
export const EDGE_BYTES = 512;
const DEPTH = 512;
const PACKED_DEPTH = 256;
/** Multiply-adds are this much cheaper than numbers that come from memory. */
const MULTIPLY_ADDS_PER_NUMBER = 8;

/** Bytes that the panels of a matrix [depth, columns] take. */
export function panelBytes(depth: number, columns: number): number {
  return Math.ceil(columns / op.PANEL) * op.PANEL * depth * Float32Array.BYTES_PER_ELEMENT;
}

/** Packs B, [depth, columns] or [columns, depth] transposed, into panels at `panels`. */
export function packPanels(
  backend: SimdBackend,
  b: number,
  transposed: boolean,
  depth: number,
  columns: number,
  panels: number,
): void {
  const tasks = Math.ceil(columns / COLUMNS_PER_PACKING);
  const rowLength = transposed ? depth : columns;
  backend.perform(op.PACK_PANELS, tasks, [transposed ? 1 : 0, depth, columns, b, panels, rowLength]);
}

/** Bytes of scratch for the product of a block of `rows` rows of a transposed A: every tile may be packed a register long. */
export function packedBlockBytes(rows: number, depth: number): number {
  const tiles = Math.ceil(rows / TILE_ROWS) + 1;
  const packed = tiles * (TILE_ROWS * Math.min(depth, PACKED_DEPTH) + op.PANEL);
  return EDGE_BYTES + packed * Float32Array.BYTES_PER_ELEMENT;
}

interface Product {
  /** Addresses. */
  readonly a: number;
  readonly b: number;
  readonly out: number;
  readonly epilogue: Epilogue;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
}

/** out [rows, columns] = activation(A · B + bias). */
export function multiply(backend: SimdBackend, product: Product): void {
  const { a, b, out, epilogue, transposeA, transposeB, rows, depth, columns } = product;
  const { bias, kind, alpha } = epilogue;
  const panels = Math.ceil(columns / op.PANEL);
  const wanted = wantedTasks((rows * depth * columns) / MULTIPLY_ADDS_PER_NUMBER, backend.threads);
  const rowShares = rowSharesOf(product, wanted);
  // Where several tasks would pack the same columns of B, they are packed before.
  const packsBefore = rowShares > 1;
  const fewest = Math.max(wanted / rowShares, packsBefore ? 1 : panels / PANELS_PER_TASK);
  // As many for every thread, so that none has to wait for another's last.
  const panelShares = fewest <= 1 ? 1 : Math.min(panels, shareOf(fewest, 1, backend.threads));
  const width = Math.ceil(panels / panelShares) * op.PANEL;
  const ownPanels = packsBefore ? 0 : panelBytes(Math.min(depth, transposeA ? PACKED_DEPTH : DEPTH), width);
  const blockBytes = (transposeA ? packedBlockBytes(Math.ceil(rows / rowShares), depth) : EDGE_BYTES) + ownPanels;
  const packed = packsBefore ? panelBytes(depth, columns) : 0;
  backend.withScratch(packed + blockBytes * backend.threads, (scratch) => {
    if (packsBefore) packPanels(backend, b, transposeB, depth, columns, scratch);
    const layout = packsBefore ? op.AS_PANELS : transposeB ? op.TRANSPOSED : op.AS_IT_IS;
    backend.perform(
      op.MULTIPLY,
      rowShares * panelShares,
      [
        ...[transposeA ? 1 : 0, rows, columns, depth, a, transposeA ? rows : depth],
        ...[layout, packsBefore ? scratch : b, transposeB ? depth : columns, out, bias],
        ...[rowShares, panelShares, scratch + packed, blockBytes, kind],
      ],
      [alpha],
    );
  });
}

/** A transposed A is packed by every task that needs it: better each packs rows of its own than all pack the same. */
function rowSharesOf({ transposeA, rows }: Product, wanted: number): number {
  const fewest = Math.ceil(rows / ROWS_PER_TASK);
  return transposeA ? Math.max(fewest, Math.min(wanted, Math.floor(rows / FEWEST_PACKED_ROWS))) : fewest;
}

/** A · B over the last two dimensions, with a bias [columns] where given; undefined where the batches need broadcasting. */
function matrixProduct(
  backend: SimdBackend,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  bias?: TensorInfo,
): TensorInfo | undefined {
  const [aRows = 1, aColumns = 1] = a.shape.slice(-2);
  const [bRows = 1, bColumns = 1] = b.shape.slice(-2);
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [bDepth, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  util.assert(
    depth === bDepth,
    () => `Error in matMul: inner shapes (${String(depth)}) and (${String(bDepth)}) differ.`,
  );
  const batch = util.sizeFromShape(a.shape.slice(0, -2));
  if (a.shape.slice(0, -2).join() !== b.shape.slice(0, -2).join()) return undefined;
  const out = backend.make([...a.shape.slice(0, -2), rows, columns]);
  const at = (tensor: TensorInfo, index: number, size: number) => backend.address(tensor) + index * size * 4;
  for (let index = 0; index < batch; index++) {
    multiply(backend, {
      a: at(a, index, rows * depth),
      b: at(b, index, depth * columns),
      out: at(out, index, rows * columns),
      epilogue: { ...NO_EPILOGUE, bias: bias === undefined ? 0 : backend.address(bias) },
      ...{ transposeA, transposeB, rows, depth, columns },
    });
  }
  return out;
}

const batchMatMul: SimdKernel = {
  name: "BatchMatMul",
  run({ inputs, attrs, backend }) {
    const a = input(inputs, "a");
    const b = input(inputs, "b");
    const { transposeA, transposeB } = attrs as unknown as BatchMatMulAttrs;
    return areFloats(a, b) ? matrixProduct(backend, a, b, transposeA, transposeB) : undefined;
  },
};

const fusedMatMul: SimdKernel = {
  name: "_FusedMatMul",
  run({ inputs, attrs, backend }) {
    const a = input(inputs, "a");
    const b = input(inputs, "b");
    const bias = inputs.bias;
    const { transposeA, transposeB, activation, leakyreluAlpha } = attrs as unknown as _FusedMatMulAttrs;
    const columns = b.shape.at(transposeB ? -2 : -1);
    const biasFits = bias === undefined || util.sizeFromShape(bias.shape) === columns;
    if (!areFloats(a, b, bias) || !biasFits || !canActivate(activation)) return undefined;
    const product = matrixProduct(backend, a, b, transposeA, transposeB, bias);
    return product && activate(backend, product, activation, leakyreluAlpha);
  },
};

export const MATRIX_PRODUCTS: readonly SimdKernel[] = [batchMatMul, fusedMatMul];
