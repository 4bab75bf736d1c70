/** What is wrong with a config, in words for a person. It must not know any schema. */
import * as v from "valibot";

/** What is wrong with one field: where it is, what stands there, and what is allowed. */
export interface ConfigProblem {
  readonly path: string;
  readonly value: unknown;
  readonly allowed: string;
}

/** A value as JSON writes it, or, where JSON has no word for it (NaN, infinity, functions), as JavaScript does. */
function quote(value: unknown): string {
  const json: unknown = JSON.stringify(value);
  if (typeof value === "number") return String(value);
  return typeof json === "string" ? json : typeof value;
}

/** Values are quoted in messages, never longer than this many characters. */
const LONGEST_QUOTE = 60;

/** One sentence for a person: the field, the value, and what is allowed. */
export function describeProblem({ path, value, allowed }: ConfigProblem): string {
  if (allowed === "nothing") return `${path} is not a field of a config.`;
  const text = value === undefined ? "missing" : quote(value);
  const quoted = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `${path === "" ? "The config" : path} is ${quoted}; it must be ${allowed}.`;
}

/** What valibot found, in the words of ConfigProblem. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): readonly ConfigProblem[] {
  return issues.map((issue) => ({
    path: v.getDotPath(issue) ?? "",
    // What fields must be together is found out from all of them.
    value: issue.type === "partial_check" ? issue.path?.at(-1)?.value : issue.input,
    allowed: allowedBy(issue),
  }));
}

function allowedBy(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== "strict_object" && issue.type !== "object") return issue.message;
  if (issue.expected === "never") return "nothing";
  return issue.expected === "Object" ? "an object with its fields" : "given";
}
