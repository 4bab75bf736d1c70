/** The question what a layer makes of one image on its way through a network: types, and limits. */
import type { ImageBatch } from "../protocol.ts";

/** By running statistics and without dropout. An activation is a layer of its own here. */
export interface FeatureMapsQuestion {
  readonly question: {
    readonly of: Carried;
    /** Its place in the network, from 0. */
    readonly layer: number;
  };
  readonly interim: never;
  readonly answer: FeatureMaps;
}

/** What goes through which network. */
export type Carried =
  /** One image of the data's shape, with the class that suits it best where the discriminator is told one. */
  | { readonly player: "discriminator"; readonly image: ImageBatch }
  /** The latent of a cell of the sample grid. */
  | { readonly player: "generator"; readonly cell: number };

/** Only the first maps of a layer of images are told, and the first units of one of single numbers. */
export const MOST_MAPS = 64;
export const MOST_UNITS = 512;

export interface FeatureMaps {
  readonly step: number;
  /** How many channels or units the layer has, whether or not all are told. */
  readonly of: number;
  /** [height, width, maps], or [units]. */
  readonly shape: readonly [number, number, number] | readonly [number];
  readonly values: Float32Array<ArrayBuffer>;
}
