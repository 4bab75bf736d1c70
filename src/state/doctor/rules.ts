/** All rules of the doctor, one line each, the gravest first. It must not know what any of them looks at. */
import type { Rule } from "./rule.ts";
import { collapse } from "./rules/collapse.ts";
import { discriminatorWins } from "./rules/discriminatorWins.ts";
import { divergence } from "./rules/divergence.ts";
import { dyingReLUs } from "./rules/dyingReLUs.ts";
import { memorisation } from "./rules/memorisation.ts";
import { oscillation } from "./rules/oscillation.ts";
import { vanishingGradient } from "./rules/vanishingGradient.ts";

export const RULES: readonly Rule[] = [
  divergence,
  vanishingGradient,
  discriminatorWins,
  collapse,
  dyingReLUs,
  oscillation,
  memorisation,
];
