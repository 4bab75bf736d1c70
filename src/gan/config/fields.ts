/** The kinds of fields that schemas are made of. It knows the settings table, where ranges stand, and no schema. */
import * as v from "valibot";
import { settingAt } from "../settings.ts";

/** A number that obeys the range its setting has in the settings table. */
export function settingNumber(path: string) {
  const setting = settingAt(path);
  if (setting?.kind !== "number") throw new Error(`The settings table has no number at ${path}.`);
  const [minimum, maximum] = setting.range;
  const kind = setting.integer === true ? "a whole number" : "a number";
  const expected = `${kind} from ${String(minimum)} to ${String(maximum)}`;
  return v.pipe(
    v.number(expected),
    v.check((value) => value >= minimum && value <= maximum, expected),
    v.check((value) => setting.integer !== true || Number.isInteger(value), expected),
  );
}

export function oneOf<const Options extends readonly [string, ...string[]]>(options: Options) {
  return v.picklist(options, `one of ${options.join(", ")}`);
}

export function wholeNumber(minimum: number, maximum: number) {
  const expected = `a whole number from ${String(minimum)} to ${String(maximum)}`;
  return v.pipe(v.number(expected), v.integer(expected), v.minValue(minimum, expected), v.maxValue(maximum, expected));
}

export function realNumber(minimum: number, maximum: number) {
  const expected = `a number from ${String(minimum)} to ${String(maximum)}`;
  return v.pipe(v.number(expected), v.minValue(minimum, expected), v.maxValue(maximum, expected));
}

export const flag = v.boolean("true or false");
