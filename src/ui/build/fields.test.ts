import { expect, test } from "vitest";
import { LAYER_FIELDS } from "../../gan/config/layerFields.ts";
import { LAYER_CATALOGUE } from "../../gan/layers/catalogue.ts";
import { fieldsOf, formatField, readField, writeField } from "./fields.ts";

test("every field of every new layer is in the table", () => {
  for (const { initial } of Object.values(LAYER_CATALOGUE)) {
    const names = Object.keys(initial).filter((name) => name !== "type");
    expect(fieldsOf(initial).map(({ name }) => name)).toEqual(names);
  }
});

test("a field that a layer leaves out stands as in a new one", () => {
  const layer = { type: "dense", units: 5, useBias: true } as const;
  expect(fieldsOf(layer)).toContainEqual({ name: "spectralNorm", value: false });
  expect(writeField(layer, "units", 9)).toEqual({ ...layer, units: 9 });
});

test("numbers and shapes are read by their fields' rules, and all else is refused", () => {
  expect(readField(LAYER_FIELDS.units, " 128 ")).toBe(128);
  expect(["0", "1.5", "", "x"].map((text) => readField(LAYER_FIELDS.units, text))).toEqual(Array(4).fill(undefined));
  expect(readField(LAYER_FIELDS.alpha, "0,2")).toBe(0.2);
  expect(readField(LAYER_FIELDS.groupSize, "")).toBeNull();
  for (const text of ["7 × 7 × 64", "7,7,64", "7x7x64", "7 7 64"]) {
    expect(readField(LAYER_FIELDS.targetShape, text)).toEqual([7, 7, 64]);
  }
  expect(readField(LAYER_FIELDS.targetShape, "7 × 7 ×")).toBeUndefined();
  expect(formatField([7, 7, 64])).toBe("7 × 7 × 64");
});
