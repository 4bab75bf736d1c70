/**
 * The numbers by which TypeScript names an operation to the WebAssembly module, and where a command's words lie. Both
 * sides read this file (it is AssemblyScript too), so it must stay a list of plain constants.
 */

// Operations. The arguments of each are listed beside its routine in assembly/.
export const PACK_PANELS = 1;
export const MULTIPLY = 2;
export const CONVOLVE = 3;
export const CONVOLUTION_INPUT_GRADIENT = 4;
export const CONVOLUTION_FILTER_GRADIENT = 5;
export const BINARY = 6;
export const UNARY = 7;
export const SUM = 8;
export const TRANSPOSE = 9;
export const ADAM = 10;
export const RMSPROP = 11;
export const SGD = 12;
export const FILL = 13;
export const THROUGH = 14;
export const BATCH_NORM_SUMS = 15;
export const BATCH_NORM_MOMENTS = 16;
export const BATCH_NORM_APPLY = 17;
export const BATCH_NORM_GRADIENT_SUMS = 18;
export const BATCH_NORM_GRADIENT_TOTALS = 19;
export const BATCH_NORM_GRADIENT = 20;
export const JUDGE = 21;
export const SUM_SQUARES = 22;
export const NORM_OF_PARTS = 23;
export const DRAW = 24;
export const DROPOUT = 25;
export const GATHER = 26;
export const COPY_ROWS = 27;
export const POWER_ITERATION = 28;
export const BLEND = 29;
export const CLASSIFY = 30;
export const WINOGRAD_FILTER = 31;
export const WINOGRAD_CONVOLVE = 32;
export const WINOGRAD_INPUT_GRADIENT = 33;
export const WINOGRAD_FILTER_GRADIENT = 34;
export const WINOGRAD_FILTER_TOTALS = 35;
export const NESTEROV = 36;
export const LION = 37;

// How B lies in a product: row by row, as the rows of its transpose, or packed into panels.
export const AS_IT_IS = 0;
export const TRANSPOSED = 1;
export const AS_PANELS = 2;

// Kinds of BINARY.
export const ADD = 0;
export const SUBTRACT = 1;
export const MULTIPLY_ELEMENTS = 2;
export const DIVIDE = 3;
export const MAXIMUM = 4;
export const MINIMUM = 5;
export const SQUARED_DIFFERENCE = 6;

// Kinds of UNARY. `first` and `second` are the command's first two fractions.
export const COPY = 0;
export const RELU = 1;
/** 1 above zero, else `first`. */
export const STEP = 2;
export const TANH = 3;
export const SIGMOID = 4;
export const EXPONENTIAL = 5;
export const SQUARE_ROOT = 6;
export const RECIPROCAL_SQUARE_ROOT = 7;
export const SQUARE = 8;
export const NEGATE = 9;
export const ABSOLUTE = 10;
export const RECIPROCAL = 11;
/** x above zero, else x · `first`. */
export const LEAKY_RELU = 12;
/** x held between `first` and `second`. */
export const CLIP = 13;

// Kinds of activation at the end of a layer are LINEAR and, by the numbers above, RELU, LEAKY_RELU, TANH and SIGMOID.
export const LINEAR = 0;

// Terms of JUDGE.
export const CROSS_ENTROPY = 0;
export const SQUARED_DISTANCE = 1;
export const HINGE = 2;
export const LINEAR_TERM = 3;

// Distributions of DRAW.
export const UNIFORM = 0;
export const NORMAL = 1;

// A command is 64 words of four bytes: operation, number of tasks, integers from word 2, fractions (float32) from word 48.
export const COMMAND_WORDS = 64;
export const FIRST_INTEGER = 2;
export const FIRST_FRACTION = 48;

/** Columns of a panel: two SIMD registers. */
export const PANEL = 8;

// The control area at the start of the memory, in bytes. Each word has a cache line of its own.
/** Threads that share commands, the owner among them. */
export const THREADS = 64;
/** What idle threads watch: it changes with every shared command. */
export const GENERATION = 128;
export const SLEEPERS = 192;
export const FINISHED = 256;
export const OWNER_WAITS = 320;
/** 1 where the owner may block (a worker), 0 where it must spin (a page). */
export const OWNER_MAY_WAIT = 384;
export const STOP = 448;
export const COMMAND = 512;
/** Address of the command that is performed by all threads. */
export const CURRENT = 768;
/** 1 while a list of commands is performed: idle threads expect the next one at once. */
export const LIST_RUNS = 832;
/**
 * A ticket for the share of each thread: generation (32 bits), end of the share (16), its next task (16), so that all three
 * change in one atomic operation.
 */
export const TICKETS = 1024;
export const TICKET_BYTES = 64;
/** More threads than this share too little work each for networks of this size. */
export const MOST_THREADS = 8;
/** The first byte that the allocator hands out. */
export const HEAP = 1536;
