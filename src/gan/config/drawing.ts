/** The schema of a drawing. It must not know what is made of it. */
import * as v from "valibot";
import { DRAWING_PLACES, MOST_DRAWN } from "./dataSets.ts";
import { wholeNumber } from "./fields.ts";

const place = wholeNumber(0, DRAWING_PLACES - 1);

/** The points of a drawing in their order, [column, row] each. */
export const drawingSchema = v.pipe(
  v.array(v.strictTuple([place, place], "a pair of places"), "a list of points"),
  v.minLength(1, "at least one point"),
  v.maxLength(MOST_DRAWN, `at most ${String(MOST_DRAWN)} points`),
);
