/** Downloads the evaluator of a data set, where it has one. It must not know what is done with it. */
import * as v from "valibot";
import { DATA_SETS } from "../data/catalogue.ts";
import { DataError } from "../data/dataError.ts";
import type { DataSetName } from "../gan/config.ts";
import { EVALUATORS } from "../metrics/evaluator/evaluators.ts";
import { evaluatorReportSchema, type EvaluatorReport } from "../metrics/evaluator/report.ts";

export interface EvaluatorFiles {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly report: Pick<EvaluatorReport, "real">;
  readonly classes: number;
}

/**
 * The evaluator's files, or null where the data set has none.
 * @param pageUrl absolute address of the folder that the page lies in, with a slash at the end
 * Throws a DataError when they cannot be had or do not belong together.
 */
export async function openEvaluator(name: DataSetName, pageUrl: string): Promise<EvaluatorFiles | null> {
  const entry = EVALUATORS[name];
  if (entry === undefined) return null;
  try {
    const [file, report] = await Promise.all([
      read(new URL(`${entry.path}.bin`, pageUrl)).then((response) => response.arrayBuffer()),
      read(new URL(`${entry.path}.json`, pageUrl)).then((response): Promise<unknown> => response.json()),
    ]);
    const checked = v.parse(evaluatorReportSchema, report);
    if (file.byteLength !== checked.file.bytes) throw new Error("the two files do not belong together");
    return { file: new Uint8Array(file), report: checked, classes: entry.classes.length };
  } catch (cause) {
    throw new DataError({
      code: "dataDownload",
      shard: null,
      message: `The classifier that measures ${DATA_SETS[name].label} could not be downloaded: ${reasonOf(cause)}.`,
      safe: "Training goes on, and nothing else is affected.",
      next: "Check the connection, then measure again.",
      cause,
    });
  }
}

async function read(url: URL): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
}
