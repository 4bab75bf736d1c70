/** The way to open a data set by its name. It runs in the training worker and knows no tensors. */
import { isPointSet, type Config } from "../gan/config.ts";
import { DATA_SETS } from "./catalogue.ts";
import type { DataSource } from "./dataSource.ts";
import { distributionOf } from "./points/index.ts";
import { openPoints } from "./points/source.ts";
import { browserSurroundings, openPackedShards, type Surroundings } from "./packedShards.ts";

export type { DataProgress, DataShard, DataSource, LoadOptions } from "./dataSource.ts";

/** What names a data set: the drawing counts where it is the data. */
export type NamedData = Pick<Config, "dataSet" | "drawing" | "drawingSpread">;

/**
 * Opens a data set of the catalogue: images by reading their manifest, points by drawing them.
 * @param baseUrl absolute address of the folder that the page lies in, with a slash at the end
 * Throws a DataError when the manifest cannot be had or makes no sense.
 */
export async function openDataSource(
  named: NamedData,
  baseUrl: string,
  surroundings: Surroundings = browserSurroundings(),
): Promise<DataSource> {
  const { dataSet } = named;
  if (isPointSet(dataSet)) return openPoints(DATA_SETS[dataSet], distributionOf(dataSet, named));
  return openPackedShards(DATA_SETS[dataSet], baseUrl, surroundings);
}
