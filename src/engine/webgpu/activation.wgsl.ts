/** The activations in WGSL: their values, and their slopes as functions of their values. */
import type { Activation } from "../operations/activations.ts";

/** Beyond this tanh is ±1 in float32, and some drivers overflow. */
const TANH_SATURATES = 15;

/** Element types of buffers: one number, or four. */
export type Element = "f32" | "vec4f";

/** `fn activate(x: T) -> T`. */
export function activateWgsl(activation: Activation, element: Element): string {
  return `fn activate(x: ${element}) -> ${element} { return ${value(activation, element)}; }`;
}

function value(activation: Activation, element: Element): string {
  switch (activation.type) {
    case "linear":
      return "x";
    case "reLU":
      return `max(x, ${element}(0))`;
    case "leakyReLU":
      return `select(x * ${float(activation.alpha)}, x, x > ${element}(0))`;
    case "tanh": {
      const limit = `${element}(${float(TANH_SATURATES)})`;
      return `tanh(clamp(x, -${limit}, ${limit}))`;
    }
    case "sigmoid":
      return `1 / (1 + exp(-x))`;
    default:
      return activation satisfies never;
  }
}

/** `fn through(dy: T, y: T) -> T`: the gradient by the activation's input, from that by its output y. */
export function throughWgsl(activation: Activation, element: Element): string {
  return `fn through(dy: ${element}, y: ${element}) -> ${element} { return ${gradient(activation, element)}; }`;
}

function gradient(activation: Activation, element: Element): string {
  switch (activation.type) {
    case "linear":
      return "dy";
    case "reLU":
      return `select(${element}(0), dy, y > ${element}(0))`;
    case "leakyReLU":
      return `select(dy * ${float(activation.alpha)}, dy, y > ${element}(0))`;
    case "tanh":
      return "dy * (1 - y * y)";
    case "sigmoid":
      return "dy * y * (1 - y)";
    default:
      return activation satisfies never;
  }
}

/** The buffers that `slope` reads: the output too, unless the activation is linear. */
export function slopeBuffers({ type }: Activation, element: Element): Readonly<Record<string, string>> {
  return type === "linear" ? { dy: element } : { dy: element, y: element };
}

/** `fn slope(index)`: the gradient by the sum before the activation. */
export function slopeWgsl(activation: Activation, element: Element): string {
  if (activation.type === "linear") return `fn slope(index: u32) -> ${element} { return dy[index]; }`;
  return `${throughWgsl(activation, element)}
fn slope(index: u32) -> ${element} { return through(dy[index], y[index]); }`;
}

/** A number as WGSL writes a float. */
export function float(number: number): string {
  const text = String(number);
  return /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
}
