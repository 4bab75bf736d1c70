/** A check that must hold if the code is right; it knows nothing of users, who get worded errors at the edges instead. */

/** Throws when `condition` is false: a defect in Duel itself, never a mistake of the person using it. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`This is a defect in Duel: ${message}`);
}

/** The value, when it is neither null nor undefined; otherwise a defect. */
export function present<Value>(value: Value | null | undefined, name: string): Value {
  invariant(value !== null && value !== undefined, `${name} is missing`);
  return value;
}
