/** What is wrong with a command line, and how a tool ends. It must not know any tool's options. */
import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";

/** The command line asks for something that cannot be; nothing was done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The tool could not do what it was asked for, and has said all there is to say in its message. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}

export const EXIT = { done: 0, failed: 1, badUsage: 2, interrupted: 130, terminated: 143 } as const;

type Options = NonNullable<ParseArgsConfig["options"]>;

/** parseArgs of Node with its complaints as UsageErrors. Positionals are for the caller to judge. */
export function parseOptions<const Given extends Options>(argv: readonly string[], options: Given) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    // Node goes on about how to write positional arguments after the first sentence.
    const [complaint] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw new UsageError(`${(complaint ?? "").replace(/\.$/, "")}.`);
  }
}

/** Throws a UsageError where there is something that no option asked for. */
export function refuseStrays([stray]: readonly string[]): void {
  if (stray !== undefined) throw new UsageError(`${stray} belongs to no option.`);
}

/** A whole number in a range, or a UsageError that names the option. */
export function wholeNumber(option: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new UsageError(
    `${option} is ${text === "" ? "empty" : text}; it must be a whole number from ${String(minimum)} to ${String(maximum)}.`,
  );
}

/** Runs a tool: prints what goes wrong and sets the exit code. */
export async function runTool(name: string, tool: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await tool();
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\nNothing was done. npm run ${name} -- --help says what there is.`);
      process.exitCode = EXIT.badUsage;
      return;
    }
    console.error(error instanceof ToolError ? error.message : error);
    process.exitCode = EXIT.failed;
  }
}
