/** What goes wrong with a data set, in words for a person. It knows nothing of who shows them. */

export type DataErrorCode = "dataDownload" | "dataDamaged";

export interface DataErrorDetails {
  readonly code: DataErrorCode;
  /** Counted from 0; null where no single shard is concerned. */
  readonly shard: number | null;
  /** What happened. */
  readonly message: string;
  /** What is still there and sound. */
  readonly safe: string;
  /** What to do next. */
  readonly next: string;
  readonly cause?: unknown;
}

/** A data set could not be downloaded, or what came is not what was packed. Nothing wrong was handed out. */
export class DataError extends Error {
  readonly code: DataErrorCode;
  readonly shard: number | null;
  readonly safe: string;
  readonly next: string;

  constructor({ code, shard, message, safe, next, cause }: DataErrorDetails) {
    super(message, { cause });
    this.name = "DataError";
    this.code = code;
    this.shard = shard;
    this.safe = safe;
    this.next = next;
  }
}
