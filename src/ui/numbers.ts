/** Numbers as people read them, and where they stand on a slider. It knows settings' ranges and nothing of components. */
import type { NumberScale, SettingValue } from "../gan/settings.ts";
import { settingAt } from "../gan/settings.ts";

/** Positions a log slider has in a decade. */
const STOPS_PER_DECADE = 100;
/** What a position of a log slider is rounded to, so that values stay readable. */
const SIGNIFICANT_DIGITS = 3;
const FINEST_PLAIN_NUMBER = 0.001;

/** A setting's number without its unit: "64", "0.90", "2.0e-4". */
export function formatNumber(setting: NumberScale, value: number): string {
  if (setting.integer === true) return String(value);
  if (setting.scale === "log") return formatLog(value);
  const decimals = Math.max(2, decimalsOf(setting.step ?? 0.01));
  const plain = value.toFixed(decimals);
  return Number(plain) === value ? plain : String(value);
}

function formatLog(value: number): string {
  if (value >= FINEST_PLAIN_NUMBER * 10) return String(value);
  const [mantissa = "0", exponent = "0"] = value.toExponential().split("e");
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}e${exponent}`;
}

function decimalsOf(step: number): number {
  return String(step).split(".")[1]?.length ?? 0;
}

/** A setting's value with its unit, as it is read aloud. */
export function describeNumber(setting: NumberScale, value: number): string {
  const number = formatNumber(setting, value);
  if (setting.unit === "") return number;
  // Units are plurals: one image, two images.
  return `${number} ${value === 1 ? setting.unit.replace(/s$/, "") : setting.unit}`;
}

/** Any setting's value in words, as lists of changes show it. */
export function describeValue(path: string, value: SettingValue | undefined): string {
  if (value === undefined) return "–";
  if (value === null || value === false) return "off";
  if (value === true) return "on";
  const setting = settingAt(path);
  if (setting?.kind === "number" && typeof value === "number") return describeNumber(setting, value);
  if (setting?.kind === "choice")
    return setting.options.find((option) => option.value === value)?.label ?? String(value);
  return String(value);
}

/** Where a value stands on its slider, from 0 to 1. */
export function fractionOf(setting: NumberScale, value: number): number {
  const [minimum, maximum] = setting.range;
  const fraction =
    setting.scale === "log"
      ? Math.log(value / minimum) / Math.log(maximum / minimum)
      : (value - minimum) / (maximum - minimum);
  return Math.min(1, Math.max(0, fraction));
}

/** The value at a place of the slider, on the setting's own steps. */
export function valueAt(setting: NumberScale, fraction: number): number {
  const [minimum, maximum] = setting.range;
  const inside = Math.min(1, Math.max(0, fraction));
  if (setting.scale === "linear") return onStep(setting, minimum + inside * (maximum - minimum));
  const stops = Math.round(Math.log10(maximum / minimum) * inside * STOPS_PER_DECADE);
  return clamp(setting, Number((minimum * 10 ** (stops / STOPS_PER_DECADE)).toPrecision(SIGNIFICANT_DIGITS)));
}

/**
 * The next value in a direction, as arrow keys and Page keys move. A log setting moves by hundredths of a decade, a linear
 * one by its step; whole numbers by at least one.
 */
export function nudge(setting: NumberScale, value: number, steps: number): number {
  if (setting.scale === "linear") return onStep(setting, value + steps * (setting.step ?? 1));
  const stop = Math.round(Math.log10(value / setting.range[0]) * STOPS_PER_DECADE) + steps;
  const moved = valueAt(setting, stop / STOPS_PER_DECADE / Math.log10(setting.range[1] / setting.range[0]));
  if (setting.integer !== true || moved !== value) return moved;
  return clamp(setting, value + Math.sign(steps));
}

function onStep(setting: NumberScale, value: number): number {
  const [minimum] = setting.range;
  const step = setting.step ?? 1;
  const stepped = minimum + Math.round((value - minimum) / step) * step;
  return clamp(setting, Number(stepped.toFixed(Math.max(decimalsOf(step), decimalsOf(minimum)))));
}

function clamp(setting: NumberScale, value: number): number {
  const [minimum, maximum] = setting.range;
  const whole = setting.integer === true ? Math.round(value) : value;
  return Math.min(maximum, Math.max(minimum, whole));
}

/** A number that a person typed, brought into the setting's range; undefined where it is none. */
export function readTyped(setting: NumberScale, text: string): number | undefined {
  const trimmed = text.trim().replace(",", ".");
  const value = Number(trimmed);
  return trimmed === "" || !Number.isFinite(value) ? undefined : clamp(setting, value);
}

/** A measurement in a fixed width: "0.913", "1,204", "–" where there is none. */
export function formatMeasurement(value: number | null | undefined, decimals = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (Math.abs(value) >= 10_000) return value.toExponential(2);
  return value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Bytes in the unit that people use for downloads. */
export function formatMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

const FLOP_UNITS = ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP"] as const;

/** Floating-point operations in the unit that keeps them short: "98.6 kFLOP". */
export function formatFlop(count: number): string {
  const step = Math.min(FLOP_UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  const scaled = count / 1000 ** step;
  return `${step === 0 ? String(scaled) : scaled.toFixed(1)} ${FLOP_UNITS[step] ?? "FLOP"}`;
}
