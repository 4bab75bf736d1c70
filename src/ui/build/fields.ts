/** What is typed into a layer's field, read by the table of fields. It knows no component. */
import { formatCount } from "../../shared/counts.ts";
import type { LayerConfig } from "../../gan/config.ts";
import { LAYER_FIELDS, type LayerField, type LayerFieldName } from "../../gan/config/layerFields.ts";
import { LAYER_CATALOGUE } from "../../gan/layers/catalogue.ts";

export type FieldValue = number | boolean | string | null | readonly number[];

function isFieldName(name: string): name is LayerFieldName {
  return Object.hasOwn(LAYER_FIELDS, name);
}

/** The fields that a layer has, with their values; what it leaves out stands as in a new layer. */
export function fieldsOf(layer: LayerConfig): readonly { readonly name: LayerFieldName; readonly value: FieldValue }[] {
  const complete: Readonly<Record<string, FieldValue | undefined>> = {
    ...LAYER_CATALOGUE[layer.type].initial,
    ...layer,
  };
  return Object.entries(complete).flatMap(([name, value]) =>
    isFieldName(name) && value !== undefined ? [{ name, value }] : [],
  );
}

export function writeField(layer: LayerConfig, name: LayerFieldName, value: FieldValue): LayerConfig {
  // The value was read by the field's own rule, which the schema shares.
  return { ...layer, [name]: value };
}

/** What a text means to a field; undefined where it means nothing that is allowed. */
export function readField(field: LayerField, text: string): FieldValue | undefined {
  const trimmed = text.trim().replace(",", field.kind === "real" ? "." : ",");
  if (field.kind === "shape") {
    const sizes = trimmed.split(/[×x*,\s]+/).map(Number);
    const fits = sizes.length <= 3 && sizes.every((size) => isInside(field, size) && Number.isInteger(size));
    return fits ? sizes : undefined;
  }
  if (field.kind !== "whole" && field.kind !== "real") return undefined;
  if (trimmed === "") return field.optional === true ? null : undefined;
  const number = Number(trimmed);
  return isInside(field, number) && (field.kind === "real" || Number.isInteger(number)) ? number : undefined;
}

function isInside({ range: [minimum, maximum] }: { readonly range: readonly [number, number] }, value: number) {
  return value >= minimum && value <= maximum;
}

export function formatField(value: FieldValue): string {
  if (value === null) return "";
  return typeof value === "object" ? value.join(" × ") : String(value);
}

/** What a field allows, as a message says it. */
export function allowedText(field: LayerField): string {
  if (field.kind === "flag" || field.kind === "choice") return "";
  const [minimum, maximum] = field.range.map((limit) => formatCount(limit));
  const number =
    field.kind === "real" ? "A number" : field.kind === "shape" ? "One to three whole numbers" : "A whole number";
  return `${number} from ${minimum ?? ""} to ${maximum ?? ""}.`;
}
