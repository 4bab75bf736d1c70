/** The question how active the layers of both networks are over many images: types, and a limit. */
import type { LayerType } from "../../gan/config.ts";

export interface ActivityQuestion {
  readonly question: {
    /** Which of the fresh latents of the run's seed come first. */
    readonly first: number;
  };
  readonly interim: never;
  readonly answer: Activity;
}

/** Images of either kind that go through the networks. */
export const ACTIVITY_IMAGES = 64;

/** By running statistics and without dropout. */
export interface Activity {
  readonly step: number;
  /** Fresh fakes, and the real images that the discriminator was shown last; none of these before the data has come. */
  readonly fakes: number;
  readonly reals: number;
  /** Over the latents of the fakes. */
  readonly generator: readonly LayerActivity[];
  /** Over the fakes and the real images. */
  readonly discriminator: readonly LayerActivity[];
}

/** What a layer makes. */
export interface LayerActivity {
  /** Its place in the network. */
  readonly index: number;
  readonly type: LayerType;
  /** Outputs of a dense layer, channels of an image. */
  readonly units: number;
  /** How many of them were never positive, at any place of any image. */
  readonly silent: number;
  /** Of all numbers that it made. */
  readonly mean: number;
  readonly deviation: number;
}
