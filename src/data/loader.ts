/** The way to open a data set by its name. It runs in the training worker and knows no tensors. */
import type { DataSetName } from "../gan/config.ts";
import { DATA_SETS } from "./catalogue.ts";
import type { DataSource } from "./dataSource.ts";
import { browserSurroundings, openPackedShards, type Surroundings } from "./packedShards.ts";

export type { DataProgress, DataShard, DataSource, LoadOptions } from "./dataSource.ts";

/**
 * Opens a data set of the catalogue by reading its manifest.
 * @param baseUrl absolute address of the folder that the page lies in, with a slash at the end
 * Throws a DataError when the manifest cannot be had or makes no sense.
 */
export function openDataSource(
  name: DataSetName,
  baseUrl: string,
  surroundings: Surroundings = browserSurroundings(),
): Promise<DataSource> {
  return openPackedShards(DATA_SETS[name], baseUrl, surroundings);
}
