/** Finds the buffers in a message that can be handed over instead of copied. It must not know any message. */

/** The buffers under all typed arrays in a value of plain objects and lists, each once. */
export function buffersIn(value: unknown): readonly ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== "object" || value === null) return;
  if (ArrayBuffer.isView(value)) {
    // Shared memory cannot be handed over, and need not be.
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
    return;
  }
  for (const inner of Object.values(value)) collect(inner, found);
}
