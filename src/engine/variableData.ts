/** Which data every variable stands on, to see what a recorded step assigned. It must not know how a backend records. */
import { engine, type Variable } from "@tensorflow/tfjs-core";
import type { Refusal } from "./stepGraph.ts";

export type VariableData = ReadonlyMap<string, object>;

/** The data of all variables, by their names. */
export function variableData(): VariableData {
  const { registeredVariables } = engine().state;
  return new Map(Object.entries(registeredVariables).map(([name, { dataId }]) => [name, dataId]));
}

/** A variable as a refusal names it. */
export function describeVariable({ name }: Pick<Variable, "name">): string {
  return `variable ${name}`;
}

/** The refusal of a step that put another tensor in the place of a variable's, or null. New variables are none of it. */
export function reassigned(before: VariableData): Refusal | null {
  for (const [name, dataId] of variableData()) {
    const earlier = before.get(name);
    if (earlier === undefined || earlier === dataId) continue;
    const reason = "the step assigned it another tensor; change it in place by a kernel";
    return { operation: describeVariable({ name }), reason };
  }
  return null;
}
