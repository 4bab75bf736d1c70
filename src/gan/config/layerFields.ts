/**
 * Every field that a layer can have, once: its label, range and help. The schema and the page's editor derive from this
 * table; it must not know either of them, nor which layer has which field.
 */

interface FieldBase {
  readonly label: string;
  /** What it does, in one sentence. */
  readonly help: string;
}

export interface NumberField extends FieldBase {
  readonly kind: "whole" | "real";
  readonly range: readonly [minimum: number, maximum: number];
  /** Whether it may be left empty, which the config writes as null. */
  readonly optional?: true;
}

export interface FlagField extends FieldBase {
  readonly kind: "flag";
}

/** One to three dimensions, each in the range. */
export interface ShapeField extends FieldBase {
  readonly kind: "shape";
  readonly range: readonly [minimum: number, maximum: number];
}

export interface ChoiceField extends FieldBase {
  readonly kind: "choice";
  readonly options: readonly [string, ...string[]];
}

export type LayerField = NumberField | FlagField | ShapeField | ChoiceField;

export const LAYER_FIELDS = {
  units: {
    kind: "whole",
    label: "Units",
    help: "How many numbers the layer puts out.",
    range: [1, 65_536],
  },
  filters: {
    kind: "whole",
    label: "Filters",
    help: "How many patterns the layer looks for: the channels of its output.",
    range: [1, 4096],
  },
  kernelSize: {
    kind: "whole",
    label: "Kernel size",
    help: "The side of the window, in pixels.",
    range: [1, 15],
  },
  strides: {
    kind: "whole",
    label: "Strides",
    help: "How far the window moves at a time: 2 halves an image, or doubles it in a transposed convolution.",
    range: [1, 8],
  },
  useBias: {
    kind: "flag",
    label: "Bias",
    help: "Whether every output has a number of its own added to it; before a normalisation it would be taken away again.",
  },
  size: { kind: "whole", label: "Size", help: "How many times larger each side becomes.", range: [1, 8] },
  poolSize: { kind: "whole", label: "Pool size", help: "How many times smaller each side becomes.", range: [1, 8] },
  resample: {
    kind: "choice",
    label: "Resample",
    help: "Whether the block doubles an image, halves it, or leaves its size.",
    options: ["none", "up", "down"],
  },
  normalization: {
    kind: "choice",
    label: "Normalization",
    help: "What comes before each convolution of the block.",
    options: ["none", "batchNorm"],
  },
  spectralNorm: {
    kind: "flag",
    label: "Spectral norm",
    help: "Divides the kernel by its largest singular value, so that the layer can stretch nothing more than once.",
  },
  groupSize: {
    kind: "whole",
    label: "Group size",
    help: "How many images are compared with one another; empty for the whole batch.",
    range: [1, 512],
    optional: true,
  },
  alpha: { kind: "real", label: "Alpha", help: "How much of a negative number is kept.", range: [0, 1] },
  rate: { kind: "real", label: "Rate", help: "The share of numbers that is forgotten.", range: [0, 0.95] },
  targetShape: {
    kind: "shape",
    label: "Target shape",
    help: "Height, width and channels, with × or a comma between them.",
    range: [1, 65_536],
  },
} as const satisfies Readonly<Record<string, LayerField>>;

export type LayerFieldName = keyof typeof LAYER_FIELDS;
