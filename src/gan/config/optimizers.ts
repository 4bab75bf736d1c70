/** The schema of a player's optimiser. */
import * as v from "valibot";
import { settingNumber } from "./fields.ts";

/** The optimiser of a player and its settings. */
export function optimizerSchema(player: "generator" | "discriminator") {
  const number = (field: string) => settingNumber(`optimizer.${player}.${field}`);
  return v.variant(
    "type",
    [
      v.strictObject({
        type: v.literal("adam"),
        learningRate: number("learningRate"),
        beta1: v.optional(number("beta1"), 0.5),
        beta2: v.optional(number("beta2"), 0.999),
      }),
      v.strictObject({
        type: v.literal("adamw"),
        learningRate: number("learningRate"),
        beta1: v.optional(number("beta1"), 0.5),
        beta2: v.optional(number("beta2"), 0.999),
        weightDecay: v.optional(number("weightDecay"), 0.01),
      }),
      v.strictObject({
        type: v.literal("lion"),
        learningRate: number("learningRate"),
        beta1: v.optional(number("beta1"), 0.9),
        beta2: v.optional(number("beta2"), 0.99),
        weightDecay: v.optional(number("weightDecay"), 0),
      }),
      v.strictObject({
        type: v.literal("rmsprop"),
        learningRate: number("learningRate"),
        decay: v.optional(number("decay"), 0.9),
      }),
      v.strictObject({
        type: v.literal("sgd"),
        learningRate: number("learningRate"),
        momentum: v.optional(number("momentum"), 0),
      }),
      v.strictObject({
        type: v.literal("nesterov"),
        learningRate: number("learningRate"),
        momentum: v.optional(number("momentum"), 0.5),
      }),
    ],
    "an optimizer type that Duel knows: adam, adamw, lion, rmsprop, sgd or nesterov",
  );
}
