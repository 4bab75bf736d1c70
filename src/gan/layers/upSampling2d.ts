/** The layer that enlarges images by repeating pixels. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { upSampling2d as upSampling2dOperation } from "../../engine/operations/upSampling2d.ts";
import type { LayerRule } from "./layer.ts";
import { upSampling2dShape } from "./upSampling2d.shape.ts";

export const upSampling2d: LayerRule<"upSampling2d"> = (config, inputShape) => ({
  ...upSampling2dShape(config, inputShape),
  forward: (x) => upSampling2dOperation(x as Tensor4D, config.size),
});
